package castellan.plugin.minestom;

import castellan.plugin.Castellan;
import castellan.plugin.Settings;
import castellan.plugin.whitelist.WhitelistFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Logger;
import net.kyori.adventure.text.Component;
import net.minestom.server.MinecraftServer;
import net.minestom.server.coordinate.Pos;
import net.minestom.server.entity.Player;
import net.minestom.server.event.GlobalEventHandler;
import net.minestom.server.event.player.AsyncPlayerConfigurationEvent;
import net.minestom.server.event.player.PlayerSpawnEvent;
import net.minestom.server.instance.InstanceContainer;
import net.minestom.server.instance.block.Block;

/**
 * A Minecraft server with the plugin's core inside, for tests: {@code java … TestServer PORT FOLDER}.
 *
 * <p>It listens on 127.0.0.1 in offline mode and prints {@code ready}. FOLDER holds {@code
 * castellan.properties}, and {@code whitelist.json} once there was a change. It ends when its standard
 * input ends.
 */
public final class TestServer {
  private static final Logger LOG = Logger.getLogger("castellan");

  private TestServer() {}

  public static void main(String[] args) throws IOException, Settings.Unusable {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    Path folder = Path.of(args[1]);
    Settings settings = Settings.load(folder, System.getenv());
    WhitelistFile whitelist = WhitelistFile.open(folder);

    MinecraftServer server = MinecraftServer.init();
    Castellan castellan =
        Castellan.start(
            settings, new MinestomPlayers(), whitelist, Optional.empty(), LOG);
    MinecraftServer.getCommandManager().register(new MinestomVerifyCommand(castellan));
    listen(castellan, settings, whitelist);
    server.start(address);
    System.out.println("ready");

    while (System.in.read() >= 0) {
      // Whoever started it says nothing; only the end counts.
    }
    castellan.close();
    MinecraftServer.stopCleanly();
    System.exit(0);
  }

  private static void listen(Castellan castellan, Settings settings, WhitelistFile whitelist) {
    InstanceContainer world = MinecraftServer.getInstanceManager().createInstanceContainer();
    world.setGenerator(unit -> unit.modifier().fillHeight(0, 40, Block.STONE));
    GlobalEventHandler events = MinecraftServer.getGlobalEventHandler();
    events.addListener(
        AsyncPlayerConfigurationEvent.class,
        event -> {
          Player player = event.getPlayer();
          if (settings.keepOut() && !whitelist.allows(MinestomPlayers.player(player))) {
            player.kick(Component.text("You are not on the whitelist."));
            return;
          }
          event.setSpawningInstance(world);
          player.setRespawnPoint(new Pos(0, 42, 0));
          // Clients made for tests cannot read each packet of the newest version: nobody sees anybody.
          player.setAutoViewable(false);
        });
    events.addListener(
        PlayerSpawnEvent.class,
        event -> {
          if (event.isFirstSpawn()) castellan.joined(MinestomPlayers.player(event.getPlayer()));
        });
  }
}
