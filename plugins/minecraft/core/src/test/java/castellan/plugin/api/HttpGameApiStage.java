package castellan.plugin.api;

import static org.junit.jupiter.api.Assertions.assertThrows;

import castellan.plugin.Player;
import castellan.plugin.Settings;
import castellan.plugin.scripted.Reply;
import castellan.plugin.scripted.Samples;
import castellan.plugin.scripted.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the Game API over HTTP have in common: a scripted server, and the API that asks it. */
abstract class HttpGameApiStage {
  static final String REGISTRATIONS = "/v1/game/registrations";
  static final String VERIFICATIONS = "/v1/game/verifications";
  static final String WHITELIST = "/v1/game/whitelist";
  static final String APPLIED = "/v1/game/whitelist/applied";
  static final Player ALEX =
      new Player(UUID.fromString("11111111-2222-4333-8444-555555555555"), "Alex");
  static final String CODE = "ABCD2345";
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  final List<Duration> pauses = new ArrayList<>();
  private final AtomicInteger lastId = new AtomicInteger();
  ScriptedServer server;
  GameApi api;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    api = api(server.url(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  GameApi api(URI url, Duration answer) {
    Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4), new Random(5));
    return new HttpGameApi(
        new Settings(url, "guild/survival", Secret.parse(Samples.secret()), false),
        new HttpGameApi.Patience(answer, 3, backoff, Duration.ofSeconds(5)),
        InstantSource.fixed(NOW),
        pauses::add,
        () -> "id-" + lastId.incrementAndGet());
  }

  GameApiException fails() {
    return assertThrows(GameApiException.class, () -> api.verify(ALEX, CODE));
  }

  static Reply problem(int status, String message, String... headers) {
    return Reply.json(status, "{\"title\":\"x\",\"message\":\"" + message + "\"}", headers);
  }
}
