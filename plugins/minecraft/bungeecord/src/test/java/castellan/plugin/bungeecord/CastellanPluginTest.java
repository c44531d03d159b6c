package castellan.plugin.bungeecord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.scripted.Reply;
import castellan.plugin.scripted.Request;
import castellan.plugin.scripted.Samples;
import castellan.plugin.scripted.ScriptedServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import net.md_5.bungee.api.ProxyServer;
import net.md_5.bungee.api.connection.ProxiedPlayer;
import net.md_5.bungee.api.event.LoginEvent;
import net.md_5.bungee.api.event.PostLoginEvent;
import net.md_5.bungee.api.plugin.Plugin;
import net.md_5.bungee.api.plugin.PluginManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The jar in BungeeCord's own PluginManager")
class CastellanPluginTest {
  private static final UUID ALEX = UUID.fromString("11111111-2222-4333-8444-555555555555");
  private static final String REGISTRATIONS = "/v1/game/registrations";
  private static final String VERIFICATIONS = "/v1/game/verifications";
  private static final String NONE = "{\"version\":\"0\",\"registrations\":[]}";

  @TempDir private Path folder;
  private ScriptedServer web;
  private Proxy proxy;
  private PluginManager manager;

  @BeforeEach
  void start() throws Exception {
    web = new ScriptedServer();
    proxy = new Proxy(folder.toFile());
    // BungeeCord has one proxy a process, and its classes ask for it there.
    var instance = ProxyServer.class.getDeclaredField("instance");
    instance.setAccessible(true);
    instance.set(null, proxy);
    manager = new PluginManager(proxy);
    proxy.manage(manager);
    Path jar = Path.of(System.getProperty("castellan.plugin"));
    Files.copy(jar, folder.resolve("castellan.jar"));
  }

  @AfterEach
  void stop() throws IOException {
    for (Plugin plugin : manager.getPlugins()) plugin.onDisable();
    web.close();
  }

  private Plugin enable(String more) throws IOException {
    Path settings = folder.resolve("Castellan").resolve("castellan.properties");
    Files.createDirectories(settings.getParent());
    Files.writeString(
        settings,
        "url=" + web.url() + "\nserver=lobby\nsecret=" + Samples.secret() + "\n" + more);
    return load();
  }

  private Plugin load() {
    manager.detectPlugins(folder.toFile());
    manager.loadPlugins();
    manager.enablePlugins();
    return manager.getPlugin("Castellan");
  }

  private static String pending(String name) {
    String until = Instant.now().plus(Duration.ofMinutes(10)).toString();
    return "{\"version\":\"1\",\"registrations\":[{\"name\":\"" + name
        + "\",\"edition\":\"java\",\"endsAt\":\"" + until + "\"}]}";
  }

  @Test
  @DisplayName("is loaded from the jar alone")
  void isLoaded() throws Exception {
    Plugin plugin = enable("");
    assertEquals("Castellan", plugin.getDescription().getName());
    assertEquals(new File(folder.toFile(), "castellan.jar"), plugin.getFile());
    assertTrue(plugin.getClass().getClassLoader().toString().contains("PluginClassloader"));
    ClassLoader core =
        plugin.getClass().getClassLoader().loadClass("castellan.plugin.Castellan").getClassLoader();
    assertEquals(plugin.getClass().getClassLoader(), core);
  }

  @Test
  @DisplayName("invites the player whose name is registered, and verifies the code")
  void verifies() throws Exception {
    web.on(REGISTRATIONS, Reply.json(200, pending("aLEX")));
    ProxiedPlayer alex = proxy.join(ALEX, "Alex");
    enable("");
    assertTrue(proxy.nextTold().startsWith("Alex: yellow: Somebody on Discord is registering"));

    String welcome = "{\"verified\":true,\"message\":\"Welcome, §cAlex\"}";
    web.on(VERIFICATIONS, Reply.json(200, welcome));
    assertTrue(manager.dispatchCommand(alex, "verify abcd 2345"));
    assertEquals("Alex: green: Welcome, cAlex", proxy.nextTold());
    Request request = web.next(VERIFICATIONS);
    assertTrue(request.isSignedWith(Samples.key()));
    assertEquals(
        "{\"server\":\"lobby\",\"player\":{\"name\":\"Alex\",\"uuid\":\"" + ALEX
            + "\"},\"code\":\"ABCD2345\"}",
        request.body());

    String wrong = "{\"status\":422,\"message\":\"That code is wrong.\",\"attemptsLeft\":4}";
    web.on(VERIFICATIONS, Reply.json(422, wrong));
    assertTrue(manager.dispatchCommand(alex, "verify 123456"));
    assertEquals("Alex: red: That code is wrong.", proxy.nextTold());
    assertFalse(proxy.logged().toString().contains("ABCD"));
  }

  @Test
  @DisplayName("invites a player who comes later")
  void invites() throws Exception {
    web.on(REGISTRATIONS, Reply.json(200, pending("Alex")));
    enable("");
    web.next(REGISTRATIONS);
    // Asked again: the first answer was taken over.
    web.next(REGISTRATIONS);
    ProxiedPlayer alex = proxy.join(ALEX, "Alex");
    manager.callEvent(new PostLoginEvent(alex, null, (event, error) -> {}));
    assertTrue(proxy.nextTold().startsWith("Alex: yellow: Somebody on Discord is registering"));
  }

  @Test
  @DisplayName("tells the console that it has no account")
  void isForPlayers() throws Exception {
    enable("");
    assertTrue(manager.dispatchCommand(proxy.getConsole(), "verify 123456"));
    assertEquals("CONSOLE: plain: Only players have accounts to verify.", proxy.nextTold());
  }

  @Test
  @DisplayName("keeps a whitelist, and keeps out who is not on it where that is wanted")
  void keepsOut() throws Exception {
    web.on(
        "/v1/game/whitelist",
        Reply.json(
            200,
            "{\"changes\":[{\"id\":\"1-1\",\"sequence\":1,\"action\":\"add\",\"name\":\"Alex\","
                + "\"edition\":\"java\",\"uuid\":\"" + ALEX + "\"}]}"));
    enable("enforce-whitelist=true\n");
    assertTrue(web.next("/v1/game/whitelist/applied").body().contains("\"1-1\""));
    assertNull(refusal(ALEX, "Alex"));
    assertTrue(refusal(new UUID(2, 2), "Sam").startsWith("You are not on the whitelist."));
    assertTrue(Files.exists(folder.resolve("Castellan").resolve("whitelist.json")));
  }

  @Test
  @DisplayName("lets everybody in where it is not wanted")
  void letsIn() throws Exception {
    enable("");
    assertNull(refusal(new UUID(2, 2), "Sam"));
  }

  /** Why somebody may not come in; null: they may. */
  private String refusal(UUID uuid, String name) {
    LoginEvent event = new LoginEvent(proxy.connecting(uuid, name), (done, error) -> {});
    manager.callEvent(event);
    return event.isCancelled() ? event.getReason().toPlainText() : null;
  }

  @Test
  @DisplayName("ends its threads and its command when it is disabled")
  void isDisabled() throws Exception {
    web.on(REGISTRATIONS, Reply.json(200, NONE));
    ProxiedPlayer alex = proxy.join(ALEX, "Alex");
    Plugin plugin = enable("");
    web.next();
    plugin.onDisable();
    assertFalse(manager.dispatchCommand(alex, "verify 123456"));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!thread.getName().startsWith("castellan ")) continue;
      // A pool has ended a moment before its last thread.
      thread.join(20_000);
      assertFalse(thread.isAlive(), thread.getName());
    }
  }

  @Test
  @DisplayName("writes its settings to be filled in, says so, and does nothing until then")
  void asksForSettings() throws Exception {
    load();
    assertTrue(Files.exists(folder.resolve("Castellan").resolve("castellan.properties")));
    String told = proxy.logged().toString();
    assertTrue(told.contains("SEVERE: [Castellan] Castellan does nothing until this is filled in"));
    assertFalse(manager.dispatchCommand(proxy.join(ALEX, "Alex"), "verify 123456"));
    assertEquals(0, web.waiting());
  }
}
