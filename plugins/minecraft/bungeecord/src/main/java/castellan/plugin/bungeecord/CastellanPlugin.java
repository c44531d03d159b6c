package castellan.plugin.bungeecord;

import castellan.plugin.Castellan;
import castellan.plugin.Player;
import castellan.plugin.Settings;
import castellan.plugin.whitelist.WhitelistFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import net.md_5.bungee.api.chat.TextComponent;
import net.md_5.bungee.api.connection.PendingConnection;
import net.md_5.bungee.api.event.LoginEvent;
import net.md_5.bungee.api.event.PostLoginEvent;
import net.md_5.bungee.api.plugin.Listener;
import net.md_5.bungee.api.plugin.Plugin;
import net.md_5.bungee.event.EventHandler;

/** Castellan on BungeeCord, and on the proxies that descend from it. */
public final class CastellanPlugin extends Plugin implements Listener {
  private static final String KEPT_OUT =
      "You are not on the whitelist. Register this account with /register on Discord.";

  private Castellan castellan;
  private WhitelistFile whitelist;
  private boolean keepOut;

  @Override
  public void onEnable() {
    Path folder = getDataFolder().toPath();
    try {
      Settings settings = Settings.load(folder, System.getenv());
      whitelist = WhitelistFile.open(folder);
      keepOut = settings.keepOut();
      ProxiedPlayers players = new ProxiedPlayers(getProxy());
      castellan =
          Castellan.start(settings, players, whitelist, Optional.empty(), getLogger());
      getProxy().getPluginManager().registerCommand(this, new ProxyVerifyCommand(castellan));
      getProxy().getPluginManager().registerListener(this, this);
    } catch (Settings.Unusable e) {
      getLogger().severe("Castellan does nothing until this is filled in: " + e.getMessage());
    } catch (IOException e) {
      getLogger().log(Level.SEVERE, "Castellan cannot read its files, and does nothing.", e);
    }
  }

  @Override
  public void onDisable() {
    if (castellan == null) return;
    getProxy().getPluginManager().unregisterCommands(this);
    getProxy().getPluginManager().unregisterListeners(this);
    castellan.close();
    castellan = null;
  }

  /** Keeps out who is not on the whitelist, where the settings want it. */
  @EventHandler
  public void onLogin(LoginEvent event) {
    PendingConnection connection = event.getConnection();
    if (!keepOut || event.isCancelled()) return;
    if (whitelist.allows(new Player(connection.getUniqueId(), connection.getName()))) return;
    event.setCancelled(true);
    event.setReason(new TextComponent(KEPT_OUT));
  }

  /** Tells who has just come, if the name is being registered. */
  @EventHandler
  public void onPostLogin(PostLoginEvent event) {
    castellan.joined(ProxiedPlayers.player(event.getPlayer()));
  }
}
