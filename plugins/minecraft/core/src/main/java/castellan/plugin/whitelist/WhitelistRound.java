package castellan.plugin.whitelist;

import castellan.plugin.api.GameApi;
import castellan.plugin.api.GameApiException;
import castellan.plugin.api.PollLoop;
import castellan.plugin.api.WhitelistChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries out the changes of the whitelist in the order of their sequence numbers, and confirms them.
 * A change that comes again, because its confirmation was lost, is confirmed again, and not carried
 * out after a later one of the same player.
 */
public final class WhitelistRound implements PollLoop.Round {
  /** Of so many players is remembered which change was the last. */
  private static final int MOST_REMEMBERED = 10_000;

  private final GameApi api;
  private final Whitelist whitelist;
  private final Logger log;
  private final Map<String, Long> lastOfPlayer = new LastUsed();

  /** The changes that could not be made, so that the log is told of each once. */
  private final Set<String> failing = new HashSet<>();

  private final List<String> unconfirmed = new ArrayList<>();
  private long after;

  public WhitelistRound(GameApi api, Whitelist whitelist, Logger log) {
    this.api = api;
    this.whitelist = whitelist;
    this.log = log;
  }

  /** Asks once, for as long as the Game API waits for changes, and confirms what was made. */
  @Override
  public void run() throws GameApiException, InterruptedException {
    confirm();
    List<WhitelistChange> changes = new ArrayList<>(api.whitelistChanges(after));
    if (changes.isEmpty()) {
      // What could not be made is asked for again, once everything else is done.
      after = 0;
      return;
    }
    changes.sort(Comparator.comparingLong(WhitelistChange::sequence));
    for (WhitelistChange change : changes) {
      if (isMade(change)) unconfirmed.add(change.id());
    }
    after = changes.get(changes.size() - 1).sequence();
    confirm();
  }

  private void confirm() throws GameApiException, InterruptedException {
    if (unconfirmed.isEmpty()) return;
    try {
      api.confirm(List.copyOf(unconfirmed));
    } catch (GameApiException e) {
      if (e.reason() == GameApiException.Reason.NOT_UNDERSTOOD) {
        // It would never be taken. Asking for everything again makes another one.
        unconfirmed.clear();
        after = 0;
      }
      throw e;
    }
    unconfirmed.clear();
  }

  private boolean isMade(WhitelistChange change) throws InterruptedException {
    String player = player(change);
    if (lastOfPlayer.getOrDefault(player, 0L) >= change.sequence()) return true;
    try {
      Whitelist.Entry entry = new Whitelist.Entry(change.name(), change.uuid());
      if (change.add()) whitelist.add(entry);
      else whitelist.remove(entry);
    } catch (IOException | RuntimeException e) {
      if (failing.size() >= MOST_REMEMBERED) failing.clear();
      if (failing.add(change.id())) {
        String what = "a change of the whitelist cannot be made; it is tried again";
        log.log(Level.WARNING, e, () -> "Castellan: " + what + ".");
      }
      return false;
    }
    failing.remove(change.id());
    lastOfPlayer.put(player, change.sequence());
    return true;
  }

  private static String player(WhitelistChange change) {
    return change.uuid().map(UUID::toString).orElse(change.name().toLowerCase(Locale.ROOT));
  }

  /** Forgets whoever was changed longest ago. */
  private static final class LastUsed extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1;

    LastUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }
}
