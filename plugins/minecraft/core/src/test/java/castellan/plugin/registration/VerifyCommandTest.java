package castellan.plugin.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.Message;
import castellan.plugin.Message.Tone;
import castellan.plugin.Player;
import castellan.plugin.RecordingLog;
import castellan.plugin.RecordingServer;
import castellan.plugin.api.GameApiException;
import castellan.plugin.api.GameApiException.Reason;
import castellan.plugin.api.ScriptedApi;
import castellan.plugin.api.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("/verify")
class VerifyCommandTest {
  private static final Player ALEX = new Player(new UUID(1, 1), "Alex");
  private static final Player SAM = new Player(new UUID(2, 2), "Sam");

  private final ScriptedApi api = new ScriptedApi();
  private final RecordingServer server = new RecordingServer(ALEX, SAM);
  private final RecordingLog log = new RecordingLog();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean full;
  private final VerifyCommand verify =
      new VerifyCommand(api, server, this::queue, log.logger());

  private void queue(Runnable check) {
    if (full) throw new RejectedExecutionException();
    waiting.add(check);
  }

  private Message answer(Player player, String typed, Object verdict) throws Exception {
    api.verdicts.add(verdict);
    verify.execute(player, typed);
    waiting.remove().run();
    RecordingServer.Told told = server.next();
    assertEquals(player, told.player());
    assertEquals(List.of(), server.rest());
    return told.message();
  }

  @Test
  @DisplayName("answers with the verdict's own words")
  void answers() throws Exception {
    assertEquals(
        Message.success("Welcome, friend"),
        answer(ALEX, "abcd-2345", new Verdict(true, "Welcome, §friend")));
    assertEquals(
        Message.failure("4 attempts left."),
        answer(ALEX, "123456", new Verdict(false, "4 attempts left.")));
    assertEquals(List.of("Alex ABCD2345", "Alex 123456"), api.guesses);
    assertEquals(Tone.SUCCESS, answer(ALEX, "123456", new Verdict(true, " ")).tone());
    assertEquals(Tone.FAILURE, answer(ALEX, "123456", new Verdict(false, "")).tone());
  }

  @ParameterizedTest
  @CsvSource({
    "abcd2345,ABCD2345", "' a b-c d - 2 3 4 5 ',ABCD2345", "123 456,123456", "12-34-56,123456",
    "12345678,12345678"
  })
  @DisplayName("reads a code however it was typed")
  void reads(String typed, String code) throws Exception {
    answer(ALEX, typed, new Verdict(true, "Yes"));
    assertEquals(List.of("Alex " + code), api.guesses);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ABCD234", "ABCD23456", "12345", "1234567", "abcdef", "ABCD234!", "ÄBCD2345", "-",
        "ABCD2345 please", "ſBCD2345"})
  @DisplayName("says at once what cannot be a code, which costs no attempt")
  void costsNothing(String typed) throws Exception {
    verify.execute(ALEX, typed);
    Message told = server.next().message();
    assertEquals(Tone.FAILURE, told.tone());
    assertTrue(told.text().contains("Nothing was counted"), told.text());
    assertTrue(waiting.isEmpty());
  }

  @Test
  @DisplayName("says how it is used")
  void isExplained() throws Exception {
    verify.execute(ALEX, "  ");
    assertTrue(server.next().message().text().startsWith("Type /verify"));
  }

  @Test
  @DisplayName("checks one code of a player at a time, and others' meanwhile")
  void keepsOrder() throws Exception {
    verify.execute(ALEX, "123456");
    verify.execute(ALEX, "123457");
    assertEquals(Tone.INFO, server.next().message().tone());
    verify.execute(SAM, "123458");
    assertEquals(2, waiting.size());
    api.verdicts.addAll(List.of(new Verdict(false, "No"), new Verdict(false, "No")));
    waiting.remove().run();
    waiting.remove().run();
    server.rest();
    answer(ALEX, "123459", new Verdict(true, "Yes"));
    assertEquals(List.of("Alex 123456", "Sam 123458", "Alex 123459"), api.guesses);
  }

  @Test
  @DisplayName("takes no more than can be checked, and the code can be typed again")
  void isBounded() throws Exception {
    full = true;
    verify.execute(ALEX, "123456");
    assertTrue(server.next().message().text().contains("type it again"));
    full = false;
    answer(ALEX, "123456", new Verdict(true, "Yes"));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE,same code again in a minute", "NOT_ACCEPTED,tell the server's staff",
    "NOT_UNDERSTOOD,tell the server's staff", "TOO_OFTEN,again in 60 seconds"
  })
  @DisplayName("says what to do when the code could not be checked, and takes the next one")
  void failsKindly(Reason reason, String words) throws Exception {
    Message told = answer(ALEX, "123456", ScriptedApi.fault(reason));
    assertEquals(Tone.FAILURE, told.tone());
    assertTrue(told.text().contains(words), told.text());
    answer(ALEX, "123456", new Verdict(true, "Yes"));
    assertEquals(List.of("WARNING: Castellan: a code was not checked: as scripted."), log.lines());
    assertFalse(log.all().contains("123456"));
  }

  @Test
  @DisplayName("says for how long to wait")
  void saysHowLong() throws Exception {
    for (int seconds : new int[] {0, 1, 75}) {
      Optional<Duration> wait = Optional.of(Duration.ofSeconds(seconds));
      GameApiException fault = new GameApiException(Reason.TOO_OFTEN, "x", wait, null);
      String expected = seconds < 2 ? "in 1 second." : "in 75 seconds.";
      assertTrue(answer(ALEX, "123456", fault).text().endsWith(expected));
    }
  }

  @Test
  @DisplayName("says that the server is closing, and leaves the thread interrupted")
  void isInterrupted() throws Exception {
    verify.execute(ALEX, "123456");
    Thread.currentThread().interrupt();
    waiting.remove().run();
    assertTrue(Thread.interrupted());
    assertTrue(server.next().message().text().contains("closing"));
  }

  @Test
  @DisplayName("is not printed with its code")
  void hides() {
    assertEquals("(hidden)", Code.read("abcd2345").orElseThrow().toString());
  }
}
