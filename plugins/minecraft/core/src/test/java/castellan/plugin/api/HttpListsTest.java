package castellan.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.api.GameApiException.Reason;
import castellan.plugin.scripted.Reply;
import castellan.plugin.scripted.Request;
import castellan.plugin.scripted.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Names and changes of the whitelist over HTTP")
class HttpListsTest extends HttpGameApiStage {
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
}
