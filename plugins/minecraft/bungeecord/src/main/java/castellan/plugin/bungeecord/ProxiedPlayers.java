package castellan.plugin.bungeecord;

import castellan.plugin.GameServer;
import castellan.plugin.Message;
import castellan.plugin.Player;
import java.util.Collection;
import net.md_5.bungee.api.ChatColor;
import net.md_5.bungee.api.ProxyServer;
import net.md_5.bungee.api.chat.TextComponent;
import net.md_5.bungee.api.connection.ProxiedPlayer;

/** The players of a proxy. BungeeCord's players may be asked and told by any thread. */
final class ProxiedPlayers implements GameServer {
  private final ProxyServer proxy;

  ProxiedPlayers(ProxyServer proxy) {
    this.proxy = proxy;
  }

  static Player player(ProxiedPlayer proxied) {
    return new Player(proxied.getUniqueId(), proxied.getName());
  }

  @Override
  public Collection<Player> players() {
    return proxy.getPlayers().stream().map(ProxiedPlayers::player).toList();
  }

  @Override
  public void tell(Player player, Message message) {
    ProxiedPlayer proxied = proxy.getPlayer(player.uuid());
    if (proxied == null) return;
    // A component's text is shown as it is: no code in it formats or links anything.
    TextComponent text = new TextComponent(message.text());
    text.setColor(
        switch (message.tone()) {
          case INFO -> ChatColor.YELLOW;
          case SUCCESS -> ChatColor.GREEN;
          case FAILURE -> ChatColor.RED;
        });
    proxied.sendMessage(text);
  }
}
