package castellan.plugin.registration;

import castellan.plugin.Player;
import castellan.plugin.api.PendingName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names that are being registered, as the Game API told them last. */
public final class PendingNames {
  /** When each ends, by the name as it is compared. */
  private volatile Map<String, Instant> endings = Map.of();

  /**
   * Takes over what is pending now, and forgets the rest.
   *
   * @param online who is on the server
   * @return those of them whose name was not pending before
   */
  List<Player> replace(Collection<PendingName> pending, Collection<Player> online) {
    Map<String, Instant> before = endings;
    Map<String, Instant> now = new HashMap<>();
    for (PendingName one : pending) {
      // Two users may be registering the same name: it is pending until the later of them ends.
      now.merge(compared(one.name()), one.endsAt(), (a, b) -> a.isAfter(b) ? a : b);
    }
    endings = Map.copyOf(now);
    return online.stream()
        .filter(player -> now.containsKey(compared(player.name())))
        .filter(player -> !before.containsKey(compared(player.name())))
        .toList();
  }

  /** Whether a player's name is being registered. */
  public boolean has(Player player, Instant now) {
    Instant ending = endings.get(compared(player.name()));
    return ending != null && now.isBefore(ending);
  }

  /** Names are compared without case; servers show a gamertag's spaces as they are, or as _. */
  private static String compared(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
