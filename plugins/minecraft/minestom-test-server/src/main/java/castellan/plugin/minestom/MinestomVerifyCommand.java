package castellan.plugin.minestom;

import castellan.plugin.Castellan;
import castellan.plugin.registration.VerifyCommand;
import net.minestom.server.command.CommandSender;
import net.minestom.server.command.builder.Command;
import net.minestom.server.command.builder.arguments.ArgumentStringArray;
import net.minestom.server.command.builder.arguments.ArgumentType;
import net.minestom.server.entity.Player;

/** {@code /verify} on Minestom. */
final class MinestomVerifyCommand extends Command {
  private final Castellan castellan;

  MinestomVerifyCommand(Castellan castellan) {
    super(VerifyCommand.NAME);
    this.castellan = castellan;
    ArgumentStringArray words = ArgumentType.StringArray("code");
    setDefaultExecutor((sender, context) -> verify(sender, ""));
    addSyntax((sender, context) -> verify(sender, String.join(" ", context.get(words))), words);
  }

  private void verify(CommandSender sender, String typed) {
    if (sender instanceof Player player) {
      castellan.verify().execute(MinestomPlayers.player(player), typed);
    }
  }
}
