package castellan.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.api.GameApiException.Reason;
import castellan.plugin.scripted.Reply;
import castellan.plugin.scripted.Request;
import castellan.plugin.scripted.Samples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A code over HTTP")
class HttpVerificationTest extends HttpGameApiStage {
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
