package castellan.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.RecordingLog;
import castellan.plugin.api.GameApiException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Asking again and again")
class PollLoopTest {
  private final BlockingQueue<PollLoop.Round> rounds = new SynchronousQueue<>();
  private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final RecordingLog log = new RecordingLog();
  private PollLoop loop;

  @BeforeEach
  void start() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(5));
    PollLoop.Round next = () -> rounds.take().run();
    loop = new PollLoop("names", next, backoff, pauses::add, now::get, log.logger());
    loop.start();
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private Duration after(PollLoop.Round round) throws InterruptedException {
    rounds.put(round);
    return pauses.take();
  }

  private static PollLoop.Round fault(Reason reason) {
    return () -> {
      throw ScriptedApi.fault(reason);
    };
  }

  @Test
  @DisplayName("goes on at once after a long answer, and not too soon after a quick one")
  void hasAMeasure() throws Exception {
    PollLoop.Round quick = () -> {};
    assertEquals(Duration.ofSeconds(1), after(quick));
    assertEquals(Duration.ZERO, after(() -> now.set(now.get().plusSeconds(25))));
    assertEquals(
        Duration.ofMillis(300), after(() -> now.set(now.get().plusMillis(700))));
    // A clock that is set back, or far ahead, changes nothing for long.
    assertEquals(Duration.ofSeconds(1), after(() -> now.set(now.get().minusSeconds(9_999))));
    assertEquals(Duration.ZERO, after(() -> now.set(now.get().plusSeconds(99_999))));
  }

  @Test
  @DisplayName("waits longer after each failure, and tells the log at the first and when it is over")
  void fails() throws Exception {
    Duration longest = Duration.ZERO;
    for (int failures = 1; failures <= 8; failures++) {
      Duration pause = after(fault(Reason.UNAVAILABLE));
      if (pause.compareTo(longest) > 0) longest = pause;
    }
    assertTrue(longest.compareTo(Duration.ofSeconds(30)) >= 0, longest.toString());
    assertEquals(1, log.lines().size(), log.all());
    assertEquals(
        "WARNING: Castellan: cannot ask for names: as scripted. It is tried again.",
        log.lines().get(0));
    after(() -> {});
    after(() -> {});
    assertEquals("INFO: Castellan: names can be asked for again.", log.lines().get(1));
    assertTrue(after(fault(Reason.UNAVAILABLE)).compareTo(Duration.ofSeconds(1)) <= 0);
    assertEquals(3, log.lines().size());
  }

  @Test
  @DisplayName("tells staff more loudly what only they can mend")
  void isLoud() throws Exception {
    after(fault(Reason.NOT_ACCEPTED));
    assertTrue(log.lines().get(0).startsWith("SEVERE"), log.all());
  }

  @Test
  @DisplayName("waits as long as it is asked to")
  void heeds() throws Exception {
    Optional<Duration> asked = Optional.of(Duration.ofSeconds(40));
    Duration pause =
        after(
            () -> {
              throw new GameApiException(Reason.TOO_OFTEN, "x", asked, null);
            });
    assertTrue(pause.compareTo(asked.get()) >= 0, pause.toString());
  }

  @Test
  @DisplayName("goes on after a mistake in one round")
  void survives() throws Exception {
    after(
        () -> {
          throw new IllegalStateException("oh");
        });
    after(() -> {});
    assertTrue(log.all().contains("IllegalStateException: oh"));
  }

  @Test
  @DisplayName("ends at once when it is closed, whatever it waits for")
  void ends() throws Exception {
    after(() -> {});
    loop.close();
    boolean left =
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals("castellan names"));
    assertFalse(left, "it waits for its thread");
    assertFalse(rounds.offer(() -> {}));
  }
}
