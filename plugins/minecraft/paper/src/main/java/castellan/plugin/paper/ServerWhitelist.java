package castellan.plugin.paper;

import castellan.plugin.whitelist.Whitelist;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.bukkit.OfflinePlayer;
import org.bukkit.Server;
import org.bukkit.plugin.java.JavaPlugin;

/**
 * The server's own whitelist, which its thread alone may change. Whether it is enforced is said where
 * it always was: {@code white-list} in {@code server.properties}.
 */
final class ServerWhitelist implements Whitelist {
  private final JavaPlugin plugin;

  ServerWhitelist(JavaPlugin plugin) {
    this.plugin = plugin;
  }

  @Override
  public void add(Entry entry) throws IOException, InterruptedException {
    set(entry, true);
  }

  @Override
  public void remove(Entry entry) throws IOException, InterruptedException {
    set(entry, false);
  }

  private void set(Entry entry, boolean listed) throws IOException, InterruptedException {
    // By name it may ask Mojang for the UUID, and so waits in this thread and not in the server's.
    OfflinePlayer player = offline(entry);
    try {
      plugin
          .getServer()
          .getScheduler()
          .callSyncMethod(
              plugin,
              () -> {
                player.setWhitelisted(listed);
                return null;
              })
          .get();
    } catch (ExecutionException e) {
      throw new IOException("the server did not change its whitelist: " + e.getCause(), e);
    }
  }

  // The name is all that is known where there is no UUID yet.
  @SuppressWarnings("deprecation")
  private OfflinePlayer offline(Entry entry) {
    Server server = plugin.getServer();
    if (entry.uuid().isPresent()) return server.getOfflinePlayer(entry.uuid().get());
    return server.getOfflinePlayer(entry.name());
  }
}
