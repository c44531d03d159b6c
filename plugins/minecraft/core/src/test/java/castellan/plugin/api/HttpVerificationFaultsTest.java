package castellan.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.api.GameApiException.Reason;
import castellan.plugin.scripted.Reply;
import castellan.plugin.scripted.Request;
import castellan.plugin.scripted.Samples;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A code over HTTP, while the server fails,")
class HttpVerificationFaultsTest extends HttpGameApiStage {
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
}
