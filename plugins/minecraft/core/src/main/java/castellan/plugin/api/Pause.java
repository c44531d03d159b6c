package castellan.plugin.api;

import java.time.Duration;

/** How a thread waits; a test waits otherwise. */
@FunctionalInterface
public interface Pause {
  /** The pause that really waits. */
  Pause SLEEPING = duration -> Thread.sleep(duration.toMillis());

  /** @throws InterruptedException when the thread was interrupted meanwhile */
  void pause(Duration duration) throws InterruptedException;
}
