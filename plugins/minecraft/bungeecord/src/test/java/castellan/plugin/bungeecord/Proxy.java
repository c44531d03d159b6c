package castellan.plugin.bungeecord;

import java.io.File;
import java.lang.reflect.InvocationHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.md_5.bungee.api.CommandSender;
import net.md_5.bungee.api.ProxyConfig;
import net.md_5.bungee.api.ProxyServer;
import net.md_5.bungee.api.ReconnectHandler;
import net.md_5.bungee.api.Title;
import net.md_5.bungee.api.chat.BaseComponent;
import net.md_5.bungee.api.config.ConfigurationAdapter;
import net.md_5.bungee.api.config.ServerInfo;
import net.md_5.bungee.api.connection.PendingConnection;
import net.md_5.bungee.api.connection.ProxiedPlayer;
import net.md_5.bungee.api.plugin.PluginManager;
import net.md_5.bungee.api.scheduler.TaskScheduler;

/**
 * As much of a proxy as loading plugins takes. BungeeCord's own is in no registry; what loads, enables
 * and calls the plugin here is BungeeCord's own all the same.
 */
// Overriding what BungeeCord deprecates is no use of it.
@SuppressWarnings("deprecation")
final class Proxy extends ProxyServer {
  private final Logger logger = Logger.getAnonymousLogger();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final List<ProxiedPlayer> players = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final File plugins;
  private PluginManager manager;

  /** @param plugins the folder with the plugins' jars */
  Proxy(File plugins) {
    this.plugins = plugins;
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            logged.add(record.getLevel() + ": " + record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  /** @param plugins made for this proxy, which may be the only one of its process */
  void manage(PluginManager plugins) {
    manager = plugins;
  }

  List<String> logged() {
    return logged;
  }

  /** What a player or the console was told next, such as {@code "Alex: green: Welcome"}. Waits. */
  String nextTold() throws InterruptedException {
    String next = told.poll(20, TimeUnit.SECONDS);
    if (next == null) throw new AssertionError("nobody was told anything; " + logged);
    return next;
  }

  /** A player, who is on the proxy from now on. */
  ProxiedPlayer join(UUID uuid, String name) {
    ProxiedPlayer player = stub(ProxiedPlayer.class, uuid, name);
    players.add(player);
    return player;
  }

  /** Somebody who wants to come in. */
  PendingConnection connecting(UUID uuid, String name) {
    return stub(PendingConnection.class, uuid, name);
  }

  private <T> T stub(Class<T> type, UUID uuid, String name) {
    InvocationHandler answer =
        (stub, method, arguments) ->
            switch (method.getName()) {
              case "getUniqueId" -> uuid;
              case "getName", "toString" -> name;
              case "hasPermission" -> true;
              case "sendMessage" -> told.add(name + ": " + text(arguments[0]));
              case "equals" -> stub == arguments[0];
              case "hashCode" -> name.hashCode();
              default -> throw new UnsupportedOperationException(method.toString());
            };
    return stub(type, answer);
  }

  private static <T> T stub(Class<T> type, InvocationHandler answer) {
    Object stub =
        java.lang.reflect.Proxy.newProxyInstance(
            Proxy.class.getClassLoader(), new Class<?>[] {type}, answer);
    return type.cast(stub);
  }

  private static String text(Object message) {
    // BungeeCord itself still says some things the old way.
    if (!(message instanceof BaseComponent component)) return "old: " + message;
    String color = component.getColorRaw() == null ? "plain" : component.getColor().getName();
    return color + ": " + component.toPlainText();
  }

  @Override
  public Logger getLogger() {
    return logger;
  }

  @Override
  public Collection<ProxiedPlayer> getPlayers() {
    return players;
  }

  @Override
  public ProxiedPlayer getPlayer(UUID uuid) {
    for (ProxiedPlayer player : players) if (player.getUniqueId().equals(uuid)) return player;
    return null;
  }

  @Override
  public PluginManager getPluginManager() {
    return manager;
  }

  @Override
  public CommandSender getConsole() {
    return stub(CommandSender.class, new UUID(0, 0), "CONSOLE");
  }

  @Override
  public File getPluginsFolder() {
    return plugins;
  }

  @Override
  public Collection<String> getDisabledCommands() {
    return List.of();
  }

  /** As it is by default: BungeeCord writes no commands into its log. */
  @Override
  public ProxyConfig getConfig() {
    InvocationHandler answer =
        (stub, method, arguments) -> {
          if (method.getName().equals("isLogCommands")) return false;
          throw new UnsupportedOperationException(method.toString());
        };
    return stub(ProxyConfig.class, answer);
  }

  @Override
  public String getTranslation(String name, Object... arguments) {
    return name;
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("the plugin does not use this");
  }

  @Override
  public String getName() {
    throw unused();
  }

  @Override
  public String getVersion() {
    throw unused();
  }

  @Override
  public ProxiedPlayer getPlayer(String name) {
    throw unused();
  }

  @Override
  public Map<String, ServerInfo> getServers() {
    throw unused();
  }

  @Override
  public ServerInfo getServerInfo(String name) {
    throw unused();
  }

  @Override
  public ConfigurationAdapter getConfigurationAdapter() {
    throw unused();
  }

  @Override
  public void setConfigurationAdapter(ConfigurationAdapter adapter) {
    throw unused();
  }

  @Override
  public ReconnectHandler getReconnectHandler() {
    throw unused();
  }

  @Override
  public void setReconnectHandler(ReconnectHandler handler) {
    throw unused();
  }

  @Override
  public void stop() {
    throw unused();
  }

  @Override
  public void stop(String reason) {
    throw unused();
  }

  @Override
  public void registerChannel(String channel) {
    throw unused();
  }

  @Override
  public void unregisterChannel(String channel) {
    throw unused();
  }

  @Override
  public Collection<String> getChannels() {
    throw unused();
  }

  @Override
  public String getGameVersion() {
    throw unused();
  }

  @Override
  public int getProtocolVersion() {
    throw unused();
  }

  @Override
  public ServerInfo constructServerInfo(
      String name, InetSocketAddress address, String motd, boolean restricted) {
    throw unused();
  }

  @Override
  public ServerInfo constructServerInfo(
      String name, SocketAddress address, String motd, boolean restricted) {
    throw unused();
  }

  @Override
  public TaskScheduler getScheduler() {
    throw unused();
  }

  @Override
  public int getOnlineCount() {
    throw unused();
  }

  @Override
  public void broadcast(String message) {
    throw unused();
  }

  @Override
  public void broadcast(BaseComponent... message) {
    throw unused();
  }

  @Override
  public void broadcast(BaseComponent message) {
    throw unused();
  }


  @Override
  public Collection<ProxiedPlayer> matchPlayer(String name) {
    throw unused();
  }

  @Override
  public Title createTitle() {
    throw unused();
  }

  @Override
  public ProxyServer.Unsafe unsafe() {
    throw unused();
  }
}
