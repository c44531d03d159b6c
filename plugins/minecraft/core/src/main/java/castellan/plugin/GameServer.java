package castellan.plugin;

import java.util.Collection;

/**
 * What the core needs of the server that it runs in; each server's plugin implements it.
 *
 * <p>Each method is called by any thread, and by several at once. It returns soon: what has to wait for
 * a thread of the server's own is handed to it.
 */
public interface GameServer {
  /** Who is on the server now. */
  Collection<Player> players();

  /** Shows a message to one player; who has left misses it. */
  void tell(Player player, Message message);
}
