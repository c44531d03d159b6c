package castellan.plugin.registration;

import castellan.plugin.GameServer;
import castellan.plugin.Message;
import castellan.plugin.Player;
import castellan.plugin.api.GameApi;
import castellan.plugin.api.GameApiException;
import castellan.plugin.api.Verdict;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code /verify <code>}: proves that the account of whoever types it is theirs. */
public final class VerifyCommand {
  /** The command's name. */
  public static final String NAME = "verify";

  private static final Message USAGE =
      Message.info(
          "Type /verify and the code that Discord shows you, for example /verify ABCD-2345. You get"
              + " a code with /register on Discord.");
  private static final Message NO_CODE =
      Message.failure(
          "That cannot be a code: codes have eight letters and digits, or six digits. Nothing was"
              + " counted; look at it again on Discord and type it once more.");
  private static final Message UNDER_WAY =
      Message.info("Your code is being checked. Please wait for the answer.");
  private static final Message BUSY =
      Message.failure(
          "Many codes are being checked at the moment. Yours was not counted; please type it again"
              + " in a few seconds.");
  private static final Message UNREACHABLE =
      Message.failure(
          "Your code could not be checked, since this server cannot reach Discord's side right now."
              + " Please type the same code again in a minute.");
  private static final Message NOT_SET_UP =
      Message.failure(
          "Your code could not be checked, since this server is not set up for it. Please tell the"
              + " server's staff.");
  private static final Message CLOSING =
      Message.failure(
          "The server is closing, and your code was perhaps not checked. Please type it again when"
              + " it is back.");

  private final GameApi api;
  private final GameServer server;
  private final Executor checking;
  private final Logger log;

  /** Whose code is being checked: one code of a player at a time, so that answers keep their order. */
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

  /** @param checking runs the checks; refuses one when too many wait */
  public VerifyCommand(GameApi api, GameServer server, Executor checking, Logger log) {
    this.api = api;
    this.server = server;
    this.checking = checking;
    this.log = log;
  }

  /**
   * Carries out the command, and answers the player later, when the verdict is there. It never waits,
   * so that it may be called by the thread that runs the game.
   *
   * @param typed what stood after the command's name
   */
  public void execute(Player player, String typed) {
    if (typed.isBlank()) {
      server.tell(player, USAGE);
      return;
    }
    Optional<Code> code = Code.read(typed);
    if (code.isEmpty()) {
      server.tell(player, NO_CODE);
    } else if (!underWay.add(player.uuid())) {
      server.tell(player, UNDER_WAY);
    } else {
      submit(player, code.get());
    }
  }

  private void submit(Player player, Code code) {
    try {
      checking.execute(() -> check(player, code));
    } catch (RejectedExecutionException e) {
      underWay.remove(player.uuid());
      server.tell(player, BUSY);
    }
  }

  private void check(Player player, Code code) {
    Message answer;
    try {
      answer = answer(api.verify(player, code.reveal()));
    } catch (GameApiException e) {
      log.log(Level.WARNING, () -> "Castellan: a code was not checked: " + e.getMessage() + ".");
      answer = answer(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer = CLOSING;
    } finally {
      underWay.remove(player.uuid());
    }
    server.tell(player, answer);
  }

  private static Message answer(Verdict verdict) {
    String said = verdict.message();
    if (verdict.verified()) {
      return Message.success(said.isBlank() ? "This account is yours now. Welcome!" : said);
    }
    return Message.failure(
        said.isBlank() ? "This code was not accepted. Please look at Discord for the reason." : said);
  }

  private static Message answer(GameApiException e) {
    return switch (e.reason()) {
      case NOT_ACCEPTED, NOT_UNDERSTOOD -> NOT_SET_UP;
      case TOO_OFTEN -> tooOften(e);
      case UNAVAILABLE -> UNREACHABLE;
    };
  }

  private static Message tooOften(GameApiException e) {
    long seconds = e.retryAfter().map(wait -> Math.max(1, wait.toSeconds())).orElse(60L);
    return Message.failure(
        "Too many codes were typed. Yours was not counted; please type it again in "
            + (seconds == 1 ? "1 second." : seconds + " seconds."));
  }
}
