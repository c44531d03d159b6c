package castellan.plugin.paper;

import castellan.plugin.Castellan;
import castellan.plugin.Settings;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import org.bukkit.command.Command;
import org.bukkit.command.CommandSender;
import org.bukkit.entity.Player;
import org.bukkit.event.EventHandler;
import org.bukkit.event.Listener;
import org.bukkit.event.player.PlayerJoinEvent;
import org.bukkit.event.player.PlayerQuitEvent;
import org.bukkit.plugin.java.JavaPlugin;

/** Castellan on Paper, and on the servers that descend from it. */
public final class CastellanPlugin extends JavaPlugin implements Listener {
  private Castellan castellan;
  private OnlinePlayers players;

  @Override
  public void onEnable() {
    try {
      Settings settings = Settings.load(getDataFolder().toPath(), System.getenv());
      players = new OnlinePlayers(this);
      ServerWhitelist whitelist = new ServerWhitelist(this);
      castellan = Castellan.start(settings, players, whitelist, Optional.empty(), getLogger());
      getServer().getPluginManager().registerEvents(this, this);
    } catch (Settings.Unusable e) {
      getLogger().severe("Castellan does nothing until this is filled in: " + e.getMessage());
    } catch (IOException e) {
      getLogger().log(Level.SEVERE, "Castellan cannot read its settings, and does nothing.", e);
    }
  }

  @Override
  public void onDisable() {
    if (castellan != null) castellan.close();
    castellan = null;
  }

  /** {@code /verify}, the only command that plugin.yml names. */
  @Override
  public boolean onCommand(CommandSender sender, Command command, String label, String[] words) {
    if (castellan == null) {
      sender.sendMessage("Castellan is not set up on this server yet.");
    } else if (sender instanceof Player player) {
      castellan.verify().execute(OnlinePlayers.player(player), String.join(" ", words));
    } else {
      sender.sendMessage("Only players have accounts to verify.");
    }
    return true;
  }

  /** Tells who has just come, if the name is being registered. */
  @EventHandler
  public void onJoin(PlayerJoinEvent event) {
    players.add(event.getPlayer());
    castellan.joined(OnlinePlayers.player(event.getPlayer()));
  }

  /** Forgets who has left. */
  @EventHandler
  public void onQuit(PlayerQuitEvent event) {
    players.remove(event.getPlayer());
  }
}
