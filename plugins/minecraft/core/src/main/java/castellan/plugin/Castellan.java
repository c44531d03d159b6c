package castellan.plugin;

import castellan.plugin.api.Backoff;
import castellan.plugin.api.HttpGameApi;
import castellan.plugin.api.Pause;
import castellan.plugin.api.PollLoop;
import castellan.plugin.registration.PendingNames;
import castellan.plugin.registration.PendingNamesRound;
import castellan.plugin.registration.VerifyCommand;
import castellan.plugin.report.ReportCommand;
import castellan.plugin.report.ReportHook;
import castellan.plugin.whitelist.Whitelist;
import castellan.plugin.whitelist.WhitelistRound;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * The whole plugin, but for what each server's own API needs. A server's plugin starts one when it is
 * enabled, hands it its players' comings and commands, and closes it when it is disabled.
 */
public final class Castellan implements AutoCloseable {
  /** Codes that are checked at the same time, and that wait for it. */
  private static final int CHECKING = 4;

  private static final int MOST_CODES = 64;
  private static final int MOST_REPORTS = 64;
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final PollLoop registrations;
  private final PollLoop whitelisting;
  private final ExecutorService checking;
  private final ExecutorService handing;
  private final PendingNamesRound pending;
  private final VerifyCommand verify;
  private final Optional<ReportCommand> report;

  private Castellan(
      Settings settings,
      GameServer server,
      Whitelist whitelist,
      Optional<ReportHook> hook,
      Logger log) {
    Clock clock = Clock.systemUTC();
    RandomGenerator random = RandomGenerator.getDefault();
    Supplier<String> ids = () -> "game_" + UUID.randomUUID();
    Backoff soon = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4), random);
    Backoff later = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), random);
    HttpGameApi.Patience patience =
        new HttpGameApi.Patience(Duration.ofSeconds(12), 3, soon, Duration.ofSeconds(5));
    HttpGameApi api = new HttpGameApi(settings, patience, clock, Pause.SLEEPING, ids);

    checking = pool("castellan codes", CHECKING, MOST_CODES);
    // One thread keeps the order.
    handing = pool("castellan reports", 1, MOST_REPORTS);
    verify = new VerifyCommand(api, server, checking, log);
    report = hook.map(place -> new ReportCommand(place, server, handing, clock, log));

    PendingNames names = new PendingNames();
    pending = new PendingNamesRound(api, server, names, clock);
    WhitelistRound changes = new WhitelistRound(api, whitelist, log);
    registrations = new PollLoop("registrations", pending, later, Pause.SLEEPING, clock, log);
    whitelisting = new PollLoop("whitelist changes", changes, later, Pause.SLEEPING, clock, log);
  }

  /**
   * Starts it. It returns at once; what cannot be reached is tried again for as long as it runs.
   *
   * @param whitelist where the changes of the whitelist are made
   * @param hook takes the players' reports; empty: there is no {@code /report}
   * @param log the server's log
   */
  public static Castellan start(
      Settings settings,
      GameServer server,
      Whitelist whitelist,
      Optional<ReportHook> hook,
      Logger log) {
    Castellan castellan = new Castellan(settings, server, whitelist, hook, log);
    if (settings.isReadableOnTheWay()) {
      log.warning(
          "Castellan: url begins with http://, so that codes can be read on the way. Use https://"
              + " unless both are on one machine or in one closed network.");
    }
    castellan.registrations.start();
    castellan.whitelisting.start();
    return castellan;
  }

  /** {@code /verify}. */
  public VerifyCommand verify() {
    return verify;
  }

  /** {@code /report}, if somebody takes the reports. */
  public Optional<ReportCommand> report() {
    return report;
  }

  /** Is to be told of each player who has come. It never waits. */
  public void joined(Player player) {
    pending.joined(player);
  }

  /** Ends everything that is under way, within seconds. None of its threads is left. */
  @Override
  public void close() {
    checking.shutdownNow();
    handing.shutdownNow();
    registrations.close();
    whitelisting.close();
    await(checking);
    await(handing);
  }

  private static void await(ExecutorService pool) {
    try {
      pool.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ExecutorService pool(String name, int threads, int waiting) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
