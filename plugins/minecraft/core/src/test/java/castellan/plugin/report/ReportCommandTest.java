package castellan.plugin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.Message.Tone;
import castellan.plugin.Player;
import castellan.plugin.RecordingLog;
import castellan.plugin.RecordingServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("/report")
class ReportCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Player ALEX = new Player(new UUID(1, 1), "Alex");

  private final List<PlayerReport> taken = Collections.synchronizedList(new ArrayList<>());
  private final RecordingServer server = new RecordingServer(ALEX);
  private final RecordingLog log = new RecordingLog();
  private boolean full;
  private final ReportCommand report =
      new ReportCommand(taken::add, server, this::atOnce, () -> NOW, log.logger());

  private void atOnce(Runnable task) {
    if (full) throw new RejectedExecutionException();
    task.run();
  }

  @Test
  @DisplayName("hands over what was reported, with growing numbers")
  void hands() throws Exception {
    report.execute(ALEX, "  Sam   broke  my house ");
    report.execute(ALEX, "Sam again");
    long first = NOW.toEpochMilli() * 1_000;
    assertEquals(
        List.of(
            new PlayerReport(first, NOW, ALEX, "Sam", "broke  my house"),
            new PlayerReport(first + 1, NOW, ALEX, "Sam", "again")),
        taken);
    assertEquals(Tone.SUCCESS, server.next().message().tone());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "Sam", "Sam ", "a-name-that-is-longer-than-any-name-is reason"})
  @DisplayName("says how it is used")
  void isExplained(String typed) throws Exception {
    report.execute(ALEX, typed);
    assertTrue(server.next().message().text().startsWith("Type /report"));
    assertEquals(List.of(), taken);
  }

  @Test
  @DisplayName("takes no more than it can")
  void isBounded() throws Exception {
    report.execute(ALEX, "Sam " + "x".repeat(501));
    assertEquals(Tone.FAILURE, server.next().message().tone());
    full = true;
    report.execute(ALEX, "Sam did it");
    assertTrue(server.next().message().text().contains("again in a minute"));
    assertEquals(List.of(), taken);
  }

  @Test
  @DisplayName("survives a hook that fails, and puts no words of the report into the log")
  void survives() throws Exception {
    ReportHook broken =
        unused -> {
          throw new IllegalStateException("oh");
        };
    new ReportCommand(broken, server, Runnable::run, () -> NOW, log.logger())
        .execute(ALEX, "Sam did it");
    assertTrue(log.all().contains("IllegalStateException: oh"));
    assertTrue(!log.all().contains("did it"));
  }

  @Test
  @DisplayName("can be put in order by number, however reports overtake each other")
  void canBeOrdered() throws Exception {
    ConcurrentLinkedQueue<PlayerReport> arrived = new ConcurrentLinkedQueue<>();
    // Many hands: what is sent first arrives at any time.
    ExecutorService many = Executors.newFixedThreadPool(8);
    ReportCommand command =
        new ReportCommand(arrived::add, server, many, () -> NOW, log.logger());
    for (int count = 0; count < 1_000; count++) command.execute(ALEX, "Sam " + count);
    many.shutdown();
    assertTrue(many.awaitTermination(20, TimeUnit.SECONDS));
    List<PlayerReport> ordered = new ArrayList<>(arrived);
    ordered.sort(Comparator.comparingLong(PlayerReport::sequence));
    for (int count = 0; count < 1_000; count++) {
      assertEquals(Integer.toString(count), ordered.get(count).reason());
    }
    assertEquals(
        1_000, new HashSet<>(ordered.stream().map(PlayerReport::sequence).toList()).size());
  }

  @Test
  @DisplayName("numbers grow when the clock is set back, and after a restart")
  void grow() {
    List<Instant> clock = new ArrayList<>(List.of(NOW.plusSeconds(1), NOW, NOW.plusSeconds(2)));
    SequenceNumbers numbers = new SequenceNumbers(() -> clock.remove(0));
    long first = numbers.next();
    long second = numbers.next();
    long third = numbers.next();
    assertEquals(first + 1, second);
    assertTrue(third > second);
    assertTrue(new SequenceNumbers(() -> NOW.plusSeconds(3)).next() > third);
    assertTrue(third < 1L << 53);
  }
}
