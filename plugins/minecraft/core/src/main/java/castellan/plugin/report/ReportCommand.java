package castellan.plugin.report;

import castellan.plugin.GameServer;
import castellan.plugin.Message;
import castellan.plugin.Player;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code /report <player> <reason>}: tells the staff on Discord, and nobody else. */
public final class ReportCommand {
  /** The command's name. */
  public static final String NAME = "report";

  private static final int LONGEST_NAME = 32;
  private static final int LONGEST_REASON = 500;

  private static final Message USAGE =
      Message.info("Type /report, the player's name, and what happened.");
  private static final Message THANKS =
      Message.success("Thank you. Your report goes to the staff; nobody else reads it.");
  private static final Message TOO_LONG =
      Message.failure("That is too long: please say it in " + LONGEST_REASON + " characters.");
  private static final Message BUSY =
      Message.failure("Too many reports wait at the moment. Please try again in a minute.");

  private final ReportHook hook;
  private final GameServer server;
  private final Executor handing;
  private final InstantSource clock;
  private final SequenceNumbers numbers;
  private final Logger log;

  /**
   * @param handing hands the reports over, one after the other; refuses one when too many wait
   */
  public ReportCommand(
      ReportHook hook, GameServer server, Executor handing, InstantSource clock, Logger log) {
    this.hook = hook;
    this.server = server;
    this.handing = handing;
    this.clock = clock;
    this.numbers = new SequenceNumbers(clock);
    this.log = log;
  }

  /**
   * Carries out the command. It never waits, so that it may be called by the thread that runs the
   * game.
   *
   * @param typed what stood after the command's name
   */
  public void execute(Player reporter, String typed) {
    String[] words = typed.strip().split("\\s+", 2);
    if (words.length < 2 || words[0].length() > LONGEST_NAME) {
      server.tell(reporter, USAGE);
    } else if (words[1].length() > LONGEST_REASON) {
      server.tell(reporter, TOO_LONG);
    } else {
      server.tell(reporter, hand(reporter, words[0], words[1]) ? THANKS : BUSY);
    }
  }

  /** One at a time, so that they wait in the order of their numbers. */
  private synchronized boolean hand(Player reporter, String reported, String reason) {
    Instant at = clock.instant();
    PlayerReport report = new PlayerReport(numbers.next(), at, reporter, reported, reason);
    try {
      handing.execute(() -> take(report));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void take(PlayerReport report) {
    try {
      hook.take(report);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.log(Level.SEVERE, "Castellan: report " + report.sequence() + " could not be taken.", e);
    }
  }
}
