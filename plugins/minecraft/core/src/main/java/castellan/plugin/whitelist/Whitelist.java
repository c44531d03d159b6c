package castellan.plugin.whitelist;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/**
 * A server's whitelist. Each method says what is to be true afterwards, so that it may be called
 * again for what is true already. One thread of the core calls them, one after the other.
 */
public interface Whitelist {
  /**
   * Whom it is about.
   *
   * @param name as it is in the game
   * @param uuid empty where nobody knows it yet
   */
  record Entry(String name, Optional<UUID> uuid) {}

  /**
   * Puts a player on the list, and returns when it is stored.
   *
   * @throws IOException when it cannot be; it is logged, and tried again later
   * @throws InterruptedException when the thread was interrupted
   */
  void add(Entry entry) throws IOException, InterruptedException;

  /**
   * Takes a player off the list, and returns when it is stored.
   *
   * @throws IOException when it cannot be; it is logged, and tried again later
   * @throws InterruptedException when the thread was interrupted
   */
  void remove(Entry entry) throws IOException, InterruptedException;
}
