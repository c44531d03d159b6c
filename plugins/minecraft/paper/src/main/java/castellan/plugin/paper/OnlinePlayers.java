package castellan.plugin.paper;

import castellan.plugin.GameServer;
import castellan.plugin.Message;
import castellan.plugin.Player;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.bukkit.plugin.IllegalPluginAccessException;
import org.bukkit.plugin.java.JavaPlugin;

/**
 * The players of a Paper server. They belong to the server's thread, so that a list is kept here that
 * any thread may read, and messages are handed to that thread.
 */
final class OnlinePlayers implements GameServer {
  private final JavaPlugin plugin;
  private final Map<UUID, Player> online = new ConcurrentHashMap<>();

  /** Is made by the server's thread. */
  OnlinePlayers(JavaPlugin plugin) {
    this.plugin = plugin;
    plugin.getServer().getOnlinePlayers().forEach(this::add);
  }

  static Player player(org.bukkit.entity.Player player) {
    return new Player(player.getUniqueId(), player.getName());
  }

  void add(org.bukkit.entity.Player player) {
    online.put(player.getUniqueId(), player(player));
  }

  void remove(org.bukkit.entity.Player player) {
    online.remove(player.getUniqueId());
  }

  @Override
  public Collection<Player> players() {
    return List.copyOf(online.values());
  }

  @Override
  public void tell(Player player, Message message) {
    NamedTextColor color =
        switch (message.tone()) {
          case INFO -> NamedTextColor.YELLOW;
          case SUCCESS -> NamedTextColor.GREEN;
          case FAILURE -> NamedTextColor.RED;
        };
    Component text = Component.text(message.text(), color);
    try {
      plugin.getServer().getScheduler().runTask(plugin, () -> send(player.uuid(), text));
    } catch (IllegalPluginAccessException e) {
      // The plugin is being disabled, and nobody is told anything any more.
    }
  }

  private void send(UUID uuid, Component text) {
    org.bukkit.entity.Player there = plugin.getServer().getPlayer(uuid);
    if (there != null) there.sendMessage(text);
  }
}
