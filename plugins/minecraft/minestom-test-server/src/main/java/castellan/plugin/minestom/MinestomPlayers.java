package castellan.plugin.minestom;

import castellan.plugin.GameServer;
import castellan.plugin.Message;
import castellan.plugin.Player;
import java.util.Collection;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import net.minestom.server.MinecraftServer;

/** The players of a Minestom server, who may be asked and told by any thread. */
final class MinestomPlayers implements GameServer {
  static Player player(net.minestom.server.entity.Player player) {
    return new Player(player.getUuid(), player.getUsername());
  }

  @Override
  public Collection<Player> players() {
    return MinecraftServer.getConnectionManager().getOnlinePlayers().stream()
        .map(MinestomPlayers::player)
        .toList();
  }

  @Override
  public void tell(Player player, Message message) {
    net.minestom.server.entity.Player there =
        MinecraftServer.getConnectionManager().getOnlinePlayerByUuid(player.uuid());
    if (there == null) return;
    NamedTextColor color =
        switch (message.tone()) {
          case INFO -> NamedTextColor.YELLOW;
          case SUCCESS -> NamedTextColor.GREEN;
          case FAILURE -> NamedTextColor.RED;
        };
    there.sendMessage(Component.text(message.text(), color));
  }
}
