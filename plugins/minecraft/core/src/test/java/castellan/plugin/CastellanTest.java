package castellan.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.api.Secret;
import castellan.plugin.report.PlayerReport;
import castellan.plugin.scripted.Reply;
import castellan.plugin.scripted.Request;
import castellan.plugin.scripted.Samples;
import castellan.plugin.scripted.ScriptedServer;
import castellan.plugin.whitelist.WhitelistFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The whole core")
class CastellanTest {
  private static final Player ALEX = new Player(new UUID(1, 1), "Alex");
  private static final String VERIFICATIONS = "/v1/game/verifications";

  @TempDir private Path folder;
  private final RecordingServer game = new RecordingServer(ALEX);
  private final RecordingLog log = new RecordingLog();
  private final BlockingQueue<PlayerReport> reports = new LinkedBlockingQueue<>();
  private ScriptedServer web;
  private WhitelistFile whitelist;
  private Castellan castellan;

  @BeforeEach
  void start() throws IOException {
    web = new ScriptedServer();
    whitelist = WhitelistFile.open(folder);
    castellan = start(web.url());
  }

  @AfterEach
  void stop() throws IOException {
    castellan.close();
    web.close();
  }

  private Castellan start(URI url) {
    Settings settings = new Settings(url, "survival", Secret.parse(Samples.secret()), false);
    return Castellan.start(
        settings, game, whitelist, Optional.of(reports::add), log.logger());
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("castellan "))
        .toList();
  }

  @Test
  @DisplayName("invites, verifies and whitelists a player")
  void works() throws Exception {
    String until = Instant.now().plus(Duration.ofMinutes(10)).toString();
    web.on(
        "/v1/game/registrations",
        Reply.json(
            200,
            "{\"version\":\"1\",\"registrations\":[{\"name\":\"alex\",\"edition\":\"java\","
                + "\"endsAt\":\"" + until + "\"}]}"));
    assertTrue(game.next().message().text().contains("/verify"));
    castellan.joined(ALEX);
    assertTrue(game.next().message().text().contains("/verify"));

    web.on(VERIFICATIONS, Reply.json(200, "{\"verified\":true,\"message\":\"Welcome\"}"));
    castellan.verify().execute(ALEX, "abcd-2345");
    assertEquals(Message.success("Welcome"), game.next().message());

    web.on(
        "/v1/game/whitelist",
        Reply.json(
            200,
            "{\"changes\":[{\"id\":\"1-1\",\"sequence\":1,\"action\":\"add\",\"name\":\"Alex\","
                + "\"edition\":\"java\",\"uuid\":\"" + ALEX.uuid() + "\"}]}"));
    Request confirmed = web.next("/v1/game/whitelist/applied");
    assertEquals("{\"server\":\"survival\",\"applied\":[\"1-1\"]}", confirmed.body());
    assertTrue(whitelist.allows(ALEX));

    castellan.report().orElseThrow().execute(ALEX, "Sam did it");
    assertEquals("did it", reports.take().reason());
    assertEquals(List.of(), log.lines());
  }

  @Test
  @DisplayName("ends whatever it is doing, and leaves no thread behind")
  void ends() throws Exception {
    castellan.verify().execute(ALEX, "abcd-2345");
    web.next(VERIFICATIONS);
    List<Thread> threads = threads();
    assertFalse(threads.isEmpty());
    castellan.close();
    for (Thread thread : threads) {
      // A pool has ended a moment before its last thread.
      thread.join(20_000);
      assertFalse(thread.isAlive(), thread.getName());
    }
    castellan.verify().execute(new Player(new UUID(2, 2), "Sam"), "abcd-2345");
    assertFalse(log.all().contains("ABCD2345"));
  }

  @Test
  @DisplayName("warns when codes can be read on the way")
  void warns() {
    assertEquals(List.of(), log.lines());
    start(URI.create("http://game.invalid")).close();
    assertTrue(log.lines().get(0).startsWith("WARNING: Castellan: url begins with http://"));
  }
}
