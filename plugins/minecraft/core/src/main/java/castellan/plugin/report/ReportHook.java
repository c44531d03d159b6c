package castellan.plugin.report;

/**
 * Takes the reports of players. Whoever has a place for them (Castellan's own will be an address of
 * its Game API) hands one to the core; without one there is no command {@code /report}.
 */
@FunctionalInterface
public interface ReportHook {
  /**
   * Takes one report. It is called by one thread of the core, in the order of the sequence numbers,
   * and may wait.
   *
   * @throws InterruptedException when the thread was interrupted
   */
  void take(PlayerReport report) throws InterruptedException;
}
