package castellan.plugin.report;

import java.time.InstantSource;

/**
 * Numbers what happens on this server. Each number is greater than all before it, those of earlier
 * starts of the server included as long as its clock was not set back in between: a number is at
 * least the microseconds since the epoch. All fit into the 53 bits that JSON's readers keep.
 */
public final class SequenceNumbers {
  private final InstantSource clock;
  private long last;

  public SequenceNumbers(InstantSource clock) {
    this.clock = clock;
  }

  /** The next number. */
  public synchronized long next() {
    last = Math.max(last + 1, clock.millis() * 1_000);
    return last;
  }
}
