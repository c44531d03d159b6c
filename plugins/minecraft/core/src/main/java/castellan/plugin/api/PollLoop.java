package castellan.plugin.api;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks the Game API the same question again and again, in a thread of its own, until it is closed.
 *
 * <p>After a failure it waits, each time longer; the log is told once when it begins to fail, and
 * once when it is well again.
 */
public final class PollLoop implements AutoCloseable {
  /** A question that is answered at once, time after time, is asked no more often than this. */
  static final Duration LEAST_ROUND = Duration.ofSeconds(1);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** Asks once, and carries out what the answer says. */
  @FunctionalInterface
  public interface Round {
    /**
     * @throws GameApiException when it is to be tried again after a pause
     * @throws InterruptedException when the thread was interrupted
     */
    void run() throws GameApiException, InterruptedException;
  }

  private final String what;
  private final Round round;
  private final Backoff backoff;
  private final Pause pause;
  private final InstantSource clock;
  private final Logger log;
  private final Thread thread;
  private int failures;

  /**
   * @param what is asked for, as the log calls it
   * @param clock only tells how long a round took
   */
  public PollLoop(
      String what, Round round, Backoff backoff, Pause pause, InstantSource clock, Logger log) {
    this.what = what;
    this.round = round;
    this.backoff = backoff;
    this.pause = pause;
    this.clock = clock;
    this.log = log;
    thread = new Thread(this::repeat, "castellan " + what);
    // A server that ends without closing its plugins is not kept alive.
    thread.setDaemon(true);
  }

  /** Begins; may be called once. */
  public void start() {
    thread.start();
  }

  /** Ends it, whatever it is waiting for, and returns when its thread has ended. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(CLOSING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void repeat() {
    try {
      while (!Thread.interrupted()) pause.pause(once());
    } catch (InterruptedException e) {
      // This is how it is closed.
    }
  }

  /** @return how long to wait before the next round */
  private Duration once() throws InterruptedException {
    long began = clock.millis();
    try {
      round.run();
    } catch (GameApiException e) {
      return failed(e.getMessage(), e.reason(), e.retryAfter());
    } catch (RuntimeException e) {
      // A mistake in one round must not end them all.
      log.log(Level.SEVERE, "Castellan: the round for " + what + " failed.", e);
      return failed("a mistake in the plugin", null, Optional.empty());
    }
    if (failures > 0) log.info(() -> "Castellan: " + what + " can be asked for again.");
    failures = 0;
    long rest = LEAST_ROUND.toMillis() - (clock.millis() - began);
    return Duration.ofMillis(Math.max(0, Math.min(rest, LEAST_ROUND.toMillis())));
  }

  private Duration failed(
      String why, GameApiException.Reason reason, Optional<Duration> retryAfter) {
    failures++;
    if (failures == 1) {
      boolean mine = reason == GameApiException.Reason.NOT_ACCEPTED;
      log.log(
          mine ? Level.SEVERE : Level.WARNING,
          () -> "Castellan: cannot ask for " + what + ": " + why + ". It is tried again.");
    }
    return backoff.pause(failures, retryAfter);
  }
}
