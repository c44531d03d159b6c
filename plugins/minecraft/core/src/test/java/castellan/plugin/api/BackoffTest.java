package castellan.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pause before the next try")
class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(5));

  private void lies(Duration pause, double least, double most) {
    double seconds = pause.toMillis() / 1000.0;
    assertTrue(seconds >= least && seconds <= most, pause + " is not " + least + " to " + most);
  }

  @Test
  @DisplayName("doubles up to a limit, and half of it is left to chance")
  void grows() {
    int[] ceilings = {1, 2, 4, 8, 16, 32, 60, 60};
    for (int failures = 1; failures <= ceilings.length; failures++) {
      Set<Duration> seen = new HashSet<>();
      for (int round = 0; round < 100; round++) {
        Duration pause = backoff.pause(failures, Optional.empty());
        lies(pause, ceilings[failures - 1] / 2.0, ceilings[failures - 1]);
        seen.add(pause);
      }
      assertTrue(seen.size() > 50, "only " + seen.size() + " different ones");
    }
    lies(backoff.pause(Integer.MAX_VALUE, Optional.empty()), 30, 60);
  }

  @Test
  @DisplayName("is never shorter than asked for, and not much longer")
  void heeds() {
    for (int round = 0; round < 100; round++) {
      lies(backoff.pause(1, Optional.of(Duration.ofSeconds(20))), 20, 21);
      lies(backoff.pause(8, Optional.of(Duration.ofSeconds(2))), 30, 60);
    }
  }

  @Test
  @DisplayName("is not made endless by what is asked for")
  void isBounded() {
    Duration pause = backoff.pause(1, Optional.of(Duration.ofDays(365)));
    lies(pause, Backoff.LONGEST_ASKED.toSeconds(), Backoff.LONGEST_ASKED.toSeconds() + 1);
    assertEquals(Duration.ofMinutes(10), Backoff.LONGEST_ASKED);
  }
}
