package castellan.plugin.api;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long after each failure up to a limit, and up to
 * half of it left to chance, so that many servers that lost the same peer do not come back at once.
 *
 * @param first the longest wait after the first failure
 * @param most the longest wait of all
 */
public record Backoff(Duration first, Duration most, RandomGenerator random) {
  /** Nobody is made to wait longer, whatever an answer asks for. */
  static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

  /**
   * @param failures how many there were in a row, from 1
   * @param asked the least that the other side asked for
   */
  public Duration pause(int failures, Optional<Duration> asked) {
    long ceiling = first.toMillis();
    for (int doubled = 1; doubled < failures && ceiling < most.toMillis(); doubled++) ceiling *= 2;
    ceiling = Math.min(ceiling, most.toMillis());
    long jittered = ceiling / 2 + random.nextLong(ceiling / 2 + 1);
    if (asked.isEmpty()) return Duration.ofMillis(jittered);
    Duration least = asked.get().compareTo(LONGEST_ASKED) < 0 ? asked.get() : LONGEST_ASKED;
    // Later than asked by a part that is left to chance, and never earlier.
    long spread = least.toMillis() + random.nextLong(first.toMillis() + 1);
    return Duration.ofMillis(Math.max(spread, jittered));
  }
}
