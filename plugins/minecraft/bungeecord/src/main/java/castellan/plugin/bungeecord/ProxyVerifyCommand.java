package castellan.plugin.bungeecord;

import castellan.plugin.Castellan;
import castellan.plugin.registration.VerifyCommand;
import net.md_5.bungee.api.CommandSender;
import net.md_5.bungee.api.chat.TextComponent;
import net.md_5.bungee.api.connection.ProxiedPlayer;
import net.md_5.bungee.api.plugin.Command;

/** {@code /verify} on the proxy; what is typed there does not reach the servers behind it. */
final class ProxyVerifyCommand extends Command {
  private final Castellan castellan;

  ProxyVerifyCommand(Castellan castellan) {
    super(VerifyCommand.NAME);
    this.castellan = castellan;
  }

  @Override
  public void execute(CommandSender sender, String[] words) {
    if (sender instanceof ProxiedPlayer proxied) {
      castellan.verify().execute(ProxiedPlayers.player(proxied), String.join(" ", words));
    } else {
      sender.sendMessage(new TextComponent("Only players have accounts to verify."));
    }
  }
}
