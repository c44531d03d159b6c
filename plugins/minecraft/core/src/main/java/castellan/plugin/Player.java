package castellan.plugin;

import java.util.Objects;
import java.util.UUID;

/**
 * A player as this server knows them.
 *
 * @param uuid an online-mode server has it from Mojang, an offline-mode server makes it from the name
 * @param name as it is in the game, with the prefix that some servers put before Bedrock's names
 */
public record Player(UUID uuid, String name) {
  public Player {
    Objects.requireNonNull(uuid);
    Objects.requireNonNull(name);
  }
}
