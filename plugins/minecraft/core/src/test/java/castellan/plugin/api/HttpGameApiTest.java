package castellan.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.Player;
import castellan.plugin.Settings;
import castellan.plugin.api.GameApiException.Reason;
import castellan.plugin.scripted.Reply;
import castellan.plugin.scripted.Request;
import castellan.plugin.scripted.Samples;
import castellan.plugin.scripted.ScriptedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The Game API over HTTP")
class HttpGameApiTest {
  private static final String REGISTRATIONS = "/v1/game/registrations";
  private static final String VERIFICATIONS = "/v1/game/verifications";
  private static final String WHITELIST = "/v1/game/whitelist";
  private static final String APPLIED = "/v1/game/whitelist/applied";
  private static final Player ALEX =
      new Player(UUID.fromString("11111111-2222-4333-8444-555555555555"), "Alex");
  private static final String CODE = "ABCD2345";
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private ScriptedServer server;
  private GameApi api;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    api = api(server.url(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private GameApi api(URI url, Duration answer) {
    Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4), new Random(5));
    return new HttpGameApi(
        new Settings(url, "guild/survival", Secret.parse(Samples.secret()), false),
        new HttpGameApi.Patience(answer, 3, backoff, Duration.ofSeconds(5)),
        InstantSource.fixed(NOW),
        pauses::add,
        () -> "id-" + lastId.incrementAndGet());
  }

  private GameApiException fails() {
    return assertThrows(GameApiException.class, () -> api.verify(ALEX, CODE));
  }

  private static Reply problem(int status, String message, String... headers) {
    return Reply.json(status, "{\"title\":\"x\",\"message\":\"" + message + "\"}", headers);
  }

  @Test
  @DisplayName("hands over a code, signed")
  void verifies() throws Exception {
    server.on(VERIFICATIONS, Reply.json(200, "{\"verified\":true,\"message\":\"Welcome\"}"));
    assertEquals(new Verdict(true, "Welcome"), api.verify(ALEX, CODE));

    Request request = server.next();
    assertEquals("POST", request.method());
    assertEquals(VERIFICATIONS, request.path());
    assertEquals("application/json", request.headers().get("content-type"));
    assertEquals(Long.toString(NOW.getEpochSecond()), request.headers().get("webhook-timestamp"));
    assertEquals("id-1", request.id());
    assertTrue(request.isSignedWith(Samples.key()));
    assertEquals(
        "{\"server\":\"guild/survival\",\"player\":{\"name\":\"Alex\","
            + "\"uuid\":\"11111111-2222-4333-8444-555555555555\"},\"code\":\"ABCD2345\"}",
        request.body());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409, 410, 422, 423})
  @DisplayName("hands on why a code is refused, and asks once")
  void isRefused(int status) throws Exception {
    server.on(VERIFICATIONS, problem(status, "No, because."));
    assertEquals(new Verdict(false, "No, because."), api.verify(ALEX, CODE));
    server.next();
    assertEquals(0, server.waiting());
    assertEquals(List.of(), pauses);
  }

  static Stream<Arguments> passing() {
    return Stream.of(
        Arguments.of("hangs up", Reply.hangUp()),
        Arguments.of("breaks off", Reply.breakOff()),
        Arguments.of("says 503", problem(503, "Later.")),
        Arguments.of("says 502 with a proxy's page", Reply.json(502, "<html>Bad Gateway</html>")),
        Arguments.of("says 500", problem(500, "Oh.")),
        Arguments.of("says 429", problem(429, "Slow down.", "retry-after: 2")),
        Arguments.of("speaks no HTTP", Reply.raw("SSH-2.0-OpenSSH_9.6\r\n")),
        Arguments.of(
            "breaks a chunk",
            Reply.raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n")),
        Arguments.of("sends a body without an end", Reply.endless()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passing")
  @DisplayName("sends a code again, as the same attempt and signed anew, when it")
  void triesAgain(String what, Reply fault) throws Exception {
    server.on(VERIFICATIONS, fault, fault, problem(422, "Wrong."));
    assertEquals(new Verdict(false, "Wrong."), api.verify(ALEX, CODE), what);
    Request first = server.next();
    for (int again = 0; again < 2; again++) {
      Request next = server.next();
      assertEquals(first.id(), next.id());
      assertEquals(first.body(), next.body());
      assertTrue(next.isSignedWith(Samples.key()));
    }
    assertEquals(2, pauses.size());
  }

  static Stream<Arguments> silent() {
    return Stream.of(
        Arguments.of("does not come", Reply.silent()), Arguments.of("does not end", Reply.stall()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silent")
  @DisplayName("gives up on an answer that")
  void isNotHeldUp(String what, Reply fault) throws Exception {
    api = api(server.url(), Duration.ofMillis(50));
    server.on(VERIFICATIONS, fault, fault, fault);
    GameApiException wrong = fails();
    assertEquals(Reason.UNAVAILABLE, wrong.reason(), what);
    assertTrue(wrong.getMessage().contains("no whole answer within 50 ms"), wrong.getMessage());
    assertEquals(2, pauses.size());
  }

  @Test
  @DisplayName("hangs up when it gives up")
  void hangsUp() throws Exception {
    api = api(server.url(), Duration.ofMillis(500));
    CountDownLatch gone = new CountDownLatch(3);
    Reply drip = Reply.drip(gone);
    server.on(VERIFICATIONS, drip, drip, drip);
    assertEquals(Reason.UNAVAILABLE, fails().reason());
    assertTrue(gone.await(20, TimeUnit.SECONDS), "it is still connected");
  }

  @Test
  @DisplayName("reads no more of a body than an answer can have")
  void isNotFlooded() {
    server.on(VERIFICATIONS, Reply.endless(), Reply.endless(), Reply.endless());
    String message = fails().getMessage();
    assertTrue(message.contains("the answer is longer than 1048576 bytes"), message);
  }

  @Test
  @DisplayName("gives up after some tries, and says for the log what was wrong")
  void givesUp() throws Exception {
    server.on(VERIFICATIONS, Reply.hangUp(), problem(503, "Later."), problem(503, "Later."));
    GameApiException wrong = fails();
    assertEquals(Reason.UNAVAILABLE, wrong.reason());
    assertEquals("it answers with status 503", wrong.getMessage());
    assertEquals(2, pauses.size());
  }

  @Test
  @DisplayName("waits as long as it is asked to, and not longer than a player can be kept waiting")
  void heedsRetryAfter() throws Exception {
    server.on(VERIFICATIONS, problem(429, "x", "retry-after: 3"));
    server.on(VERIFICATIONS, problem(429, "x", "Retry-After: Mon, 23 Nov 2026 12:00:04 GMT"));
    server.on(VERIFICATIONS, problem(422, "Wrong."));
    assertEquals(new Verdict(false, "Wrong."), api.verify(ALEX, CODE));
    assertEquals(2, pauses.size());
    assertTrue(pauses.get(0).compareTo(Duration.ofSeconds(3)) >= 0, pauses.toString());
    assertTrue(pauses.get(1).compareTo(Duration.ofSeconds(4)) >= 0, pauses.toString());

    server.on(VERIFICATIONS, problem(429, "x", "retry-after: 60"));
    GameApiException wrong = fails();
    assertEquals(Reason.TOO_OFTEN, wrong.reason());
    assertEquals(Optional.of(Duration.ofSeconds(60)), wrong.retryAfter());
    assertEquals(2, pauses.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1", "soon", "99999999999999999999", "1.5", "", "Mon, 99 Nov 2026 12:00:04 GMT",
        "Mon, 23 Nov 2026 11:00:00 GMT"
      })
  @DisplayName("passes over a wish to wait that makes no sense")
  void passesOver(String wish) throws Exception {
    server.on(VERIFICATIONS, problem(503, "x", "retry-after: " + wish), problem(422, "Wrong."));
    assertEquals(new Verdict(false, "Wrong."), api.verify(ALEX, CODE));
    assertTrue(pauses.get(0).compareTo(Duration.ofMillis(500)) <= 0, pauses.toString());
  }

  static Stream<Arguments> strange() {
    return Stream.of(
        Arguments.of("a page", Reply.json(200, "<html></html>")),
        Arguments.of("nothing", Reply.json(200, "")),
        Arguments.of("another shape", Reply.json(200, "{\"verified\":true}")),
        Arguments.of("a list", Reply.json(200, "[]")),
        Arguments.of("what is not UTF-8", Reply.raw(
            "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"message\":\"\u00ff\"}")),
        Arguments.of("a proxy's 404", Reply.json(404, "Not Found")),
        Arguments.of("400", problem(400, "x")),
        Arguments.of("204", Reply.raw("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strange")
  @DisplayName("sends nothing again when it does not understand the answer:")
  void doesNotUnderstand(String what, Reply reply) throws Exception {
    server.on(VERIFICATIONS, reply);
    assertEquals(Reason.NOT_UNDERSTOOD, fails().reason(), what);
    assertEquals(List.of(), pauses);
  }

  @Test
  @DisplayName("follows no redirect, which would carry the code elsewhere")
  void staysThere() throws Exception {
    String there = "location: " + server.url() + "/elsewhere";
    server.on(VERIFICATIONS, Reply.json(307, "{}", there));
    assertEquals(Reason.NOT_UNDERSTOOD, fails().reason());
    server.next();
    assertEquals(0, server.waiting());
  }

  @Test
  @DisplayName("says when its signature is not accepted, and when the clock is why")
  void isNotAccepted() throws Exception {
    server.on(VERIFICATIONS, problem(401, "x", "date: Mon, 23 Nov 2026 12:00:10 GMT"));
    GameApiException wrong = fails();
    assertEquals(Reason.NOT_ACCEPTED, wrong.reason());
    assertTrue(wrong.getMessage().contains("secret"), wrong.getMessage());

    server.on(VERIFICATIONS, problem(401, "x", "date: Mon, 23 Nov 2026 12:10:00 GMT"));
    assertTrue(fails().getMessage().contains("clock of this machine is wrong by 600 s"));
    assertEquals(List.of(), pauses);
  }

  @Test
  @DisplayName("tells nobody the code or the secret, whatever goes wrong")
  void hides() throws Exception {
    server.on(VERIFICATIONS, Reply.raw("HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n"));
    server.on(VERIFICATIONS, Reply.hangUp(), Reply.json(200, CODE + Samples.secret()));
    StringWriter told = new StringWriter();
    fails().printStackTrace(new PrintWriter(told));
    assertFalse(told.toString().contains(CODE), told.toString());
    assertFalse(told.toString().contains(Samples.secret().substring(6)), told.toString());
  }

  @Test
  @DisplayName("says that nobody is there")
  void isAlone() throws Exception {
    server.close();
    GameApiException wrong = fails();
    assertEquals(Reason.UNAVAILABLE, wrong.reason());
    assertTrue(wrong.getMessage().startsWith("it cannot be reached (ConnectException"));
    assertEquals(2, pauses.size());
  }

  @Test
  @DisplayName("can be interrupted while it waits")
  void isInterrupted() throws Exception {
    server.on(VERIFICATIONS, Reply.silent());
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                api.verify(ALEX, CODE);
                ended.complete(null);
              } catch (GameApiException | InterruptedException e) {
                ended.complete(e);
              }
            });
    asking.start();
    server.next();
    asking.interrupt();
    assertEquals(InterruptedException.class, ended.get().getClass());
  }

  @Test
  @DisplayName("asks for names at once, then for what is news")
  void pends() throws Exception {
    String known = "{\"version\":\"v 1&x\",\"new\":[],\"registrations\":[{\"name\":\".Steve\","
        + "\"edition\":\"bedrock\",\"endsAt\":\"2026-11-23T12:10:00.000Z\",\"new\":1}]}";
    server.on(REGISTRATIONS, Reply.json(200, known));
    GameApi.PendingAnswer answer = api.pendingNames(null);
    PendingName steve = new PendingName(".Steve", Instant.parse("2026-11-23T12:10:00Z"));
    assertEquals(new GameApi.PendingAnswer(List.of(steve), "v 1&x"), answer);
    Request first = server.next();
    assertEquals("GET", first.method());
    assertEquals(REGISTRATIONS + "?server=guild%2Fsurvival", first.path());
    assertTrue(first.isSignedWith(Samples.key()));

    server.on(REGISTRATIONS, Reply.json(200, "{\"version\":\"2\",\"registrations\":[]}"));
    assertEquals(new GameApi.PendingAnswer(List.of(), "2"), api.pendingNames(answer));
    Request second = server.next();
    assertEquals(
        REGISTRATIONS + "?server=guild%2Fsurvival&wait=25s&known=v+1%26x", second.path());
    assertNotEquals(first.id(), second.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}", "{\"version\":\"1\"}", "{\"registrations\":[]}",
        "{\"version\":\"1\",\"registrations\":[{\"name\":\"a\",\"endsAt\":\"tomorrow\"}]}",
        "{\"version\":\"1\",\"registrations\":[{\"endsAt\":\"2026-11-23T12:10:00Z\"}]}",
        "{\"version\":\"1\",\"registrations\":[7]}", "{\"version\":1,\"registrations\":[]}"
      })
  @DisplayName("understands no names of another shape")
  void understandsNoNames(String body) {
    server.on(REGISTRATIONS, Reply.json(200, body));
    GameApiException wrong = assertThrows(GameApiException.class, () -> api.pendingNames(null));
    assertEquals(Reason.NOT_UNDERSTOOD, wrong.reason());
  }

  @Test
  @DisplayName("waits for an answer that takes its time")
  void isPatient() throws Exception {
    api = api(server.url(), Duration.ofMillis(1));
    CountDownLatch sign = new CountDownLatch(1);
    String none = "{\"version\":\"2\",\"registrations\":[]}";
    server.on(REGISTRATIONS, Reply.json(200, none).after(sign));
    GameApi.PendingAnswer last = new GameApi.PendingAnswer(List.of(), "1");
    CompletableFuture<Object> answered =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return api.pendingNames(last);
              } catch (GameApiException | InterruptedException e) {
                return e;
              }
            });
    server.next();
    sign.countDown();
    assertEquals(new GameApi.PendingAnswer(List.of(), "2"), answered.get());
  }

  @Test
  @DisplayName("asks for changes of the whitelist, and confirms them")
  void changes() throws Exception {
    server.on(
        WHITELIST,
        Reply.json(
            200,
            "{\"changes\":[{\"id\":\"3-7\",\"sequence\":7,\"action\":\"add\",\"name\":\"Alex\","
                + "\"edition\":\"java\",\"uuid\":\"11111111-2222-4333-8444-555555555555\"},"
                + "{\"id\":\"4-8\",\"sequence\":8,\"action\":\"remove\",\"name\":\".S t\","
                + "\"edition\":\"bedrock\",\"uuid\":null}]}"));
    assertEquals(
        List.of(
            new WhitelistChange("3-7", 7, true, "Alex", Optional.of(ALEX.uuid())),
            new WhitelistChange("4-8", 8, false, ".S t", Optional.empty())),
        api.whitelistChanges(6));
    assertEquals(WHITELIST + "?server=guild%2Fsurvival&wait=25s&after=6", server.next().path());

    server.on(APPLIED, Reply.raw("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"));
    api.confirm(List.of("3-7", "4-8"));
    Request confirmed = server.next();
    assertEquals(
        "{\"server\":\"guild/survival\",\"applied\":[\"3-7\",\"4-8\"]}", confirmed.body());
    assertTrue(confirmed.isSignedWith(Samples.key()));

    server.on(APPLIED, Reply.json(200, "{}"));
    GameApiException wrong =
        assertThrows(GameApiException.class, () -> api.confirm(List.of("3-7")));
    assertEquals(Reason.NOT_UNDERSTOOD, wrong.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"changes\":[{\"id\":\"1\",\"sequence\":1,\"action\":\"ban\",\"name\":\"a\"}]}",
        "{\"changes\":[{\"id\":\"1\",\"sequence\":1,\"action\":\"add\",\"name\":\"a\",\"uuid\":\"x\"}]}",
        "{\"changes\":[{\"id\":\"1\",\"sequence\":1.5,\"action\":\"add\",\"name\":\"a\"}]}",
        "{\"changes\":{}}"
      })
  @DisplayName("makes no change that it does not understand")
  void understandsNoChange(String body) {
    server.on(WHITELIST, Reply.json(200, body));
    GameApiException wrong = assertThrows(GameApiException.class, () -> api.whitelistChanges(0));
    assertEquals(Reason.NOT_UNDERSTOOD, wrong.reason());
  }

  @Test
  @DisplayName("keeps a path that stands before the API's")
  void keepsThePath() throws Exception {
    api = api(URI.create(server.url() + "/castellan/"), Duration.ofSeconds(10));
    server.on("/castellan" + VERIFICATIONS, problem(422, "Wrong."));
    assertEquals(new Verdict(false, "Wrong."), api.verify(ALEX, CODE));
  }

  @Test
  @DisplayName("signs with the secret of this server only")
  void signsWithItsOwn() throws InterruptedException, GeneralSecurityException, GameApiException {
    server.on(VERIFICATIONS, problem(422, "Wrong."));
    api.verify(ALEX, CODE);
    assertFalse(server.next().isSignedWith(Samples.keyOf(24)));
  }
}
