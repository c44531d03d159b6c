package castellan.plugin.api;

import castellan.plugin.PlainText;
import castellan.plugin.Player;
import castellan.plugin.Settings;
import castellan.plugin.api.GameApiException.Reason;
import castellan.plugin.json.Json;
import castellan.plugin.json.JsonException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The Game API over HTTP: section 7 of Castellan's contract. */
public final class HttpGameApi implements GameApi {
  /** How long the other side waits for news, and how much longer for its answer is waited here. */
  private static final Duration WAIT = Duration.ofSeconds(25);

  /** How far clocks may be apart before requests are refused for it. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  private static final int LONGEST_CAUSE = 160;

  /**
   * How patient it is.
   *
   * @param answer how long one answer may take
   * @param tries how often a code is sent at most
   * @param between the pause between those
   * @param longestWait what a player is kept waiting at most when the other side asks for a pause
   */
  public record Patience(Duration answer, int tries, Backoff between, Duration longestWait) {}

  private final SignedHttp http;
  private final String server;
  private final Patience patience;
  private final Pause pause;
  private final Supplier<String> ids;

  /**
   * @param clock tells the time that is signed
   * @param ids makes an id that was never used, for each request
   */
  public HttpGameApi(
      Settings settings,
      Patience patience,
      InstantSource clock,
      Pause pause,
      Supplier<String> ids) {
    this.http = new SignedHttp(settings.url(), settings.secret(), clock);
    this.server = settings.server();
    this.patience = patience;
    this.pause = pause;
    this.ids = ids;
  }

  @Override
  public PendingAnswer pendingNames(PendingAnswer last)
      throws GameApiException, InterruptedException {
    String path = "/v1/game/registrations?server=" + encoded(server);
    if (last != null) path += "&wait=" + WAIT.toSeconds() + "s&known=" + encoded(last.version());
    Answer answer = ask(ids.get(), path, null, patience.answer().plus(WAIT));
    return understood(answer, GameApiJson::pendingAnswer);
  }

  @Override
  public Verdict verify(Player player, String code)
      throws GameApiException, InterruptedException {
    Json request = GameApiJson.verification(server, player, code);
    // The same id for each try: the other side then counts one attempt.
    String id = ids.get();
    for (int tried = 1; ; tried++) {
      try {
        return verdict(ask(id, "/v1/game/verifications", request, patience.answer()));
      } catch (GameApiException e) {
        boolean later = e.reason() == Reason.UNAVAILABLE || e.reason() == Reason.TOO_OFTEN;
        Duration wait = patience.between().pause(tried, e.retryAfter());
        boolean tooLong = wait.compareTo(patience.longestWait()) > 0;
        if (!later || tooLong || tried == patience.tries()) throw e;
        pause.pause(wait);
      }
    }
  }

  @Override
  public List<WhitelistChange> whitelistChanges(long after)
      throws GameApiException, InterruptedException {
    String query = "?server=" + encoded(server) + "&wait=" + WAIT.toSeconds() + "s&after=" + after;
    String path = "/v1/game/whitelist" + query;
    Answer answer = ask(ids.get(), path, null, patience.answer().plus(WAIT));
    return understood(answer, GameApiJson::whitelistChanges);
  }

  @Override
  public void confirm(List<String> changes) throws GameApiException, InterruptedException {
    Json request = GameApiJson.applied(server, changes);
    Answer answer = ask(ids.get(), "/v1/game/whitelist/applied", request, patience.answer());
    if (answer.status() != 204) throw notUnderstood("status " + answer.status(), null);
  }

  /** Sends a request once. @return an answer that is meant for who asked, of whatever status */
  private Answer ask(String id, String path, Json body, Duration limit)
      throws GameApiException, InterruptedException {
    Answer answer;
    try {
      answer = http.send(id, path, body, limit);
    } catch (IOException e) {
      String cause = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw new GameApiException(
          Reason.UNAVAILABLE,
          "it cannot be reached (" + PlainText.of(cause, LONGEST_CAUSE) + ")",
          Optional.empty(),
          e);
    }
    int status = answer.status();
    if (status == 401 || status == 403) throw notAccepted(answer);
    if (status == 429) {
      throw new GameApiException(
          Reason.TOO_OFTEN, "it was asked too often", answer.retryAfter(), null);
    }
    if (status >= 500 || status == 408 || status == 425) {
      throw new GameApiException(
          Reason.UNAVAILABLE, "it answers with status " + status, answer.retryAfter(), null);
    }
    return answer;
  }

  private static GameApiException notAccepted(Answer answer) {
    Optional<Duration> off =
        answer.clockOff().filter(apart -> apart.abs().compareTo(CLOCKS_APART) > 0);
    String why =
        off.map(apart -> "the clock of this machine is wrong by " + apart.abs().toSeconds() + " s")
            .orElse("server or secret in " + Settings.FILE + " are not those of its configuration");
    return new GameApiException(
        Reason.NOT_ACCEPTED,
        "it does not accept this server: " + why,
        answer.retryAfter(),
        null);
  }

  private static Verdict verdict(Answer answer) throws GameApiException {
    return switch (answer.status()) {
      case 200 -> new Verdict(true, understood(answer, GameApiJson::message));
      case 404, 409, 410, 422, 423 -> new Verdict(false, understood(answer, GameApiJson::message));
      default -> throw notUnderstood("status " + answer.status(), null);
    };
  }

  private interface Reader<T> {
    T read(Json json) throws JsonException;
  }

  /** A page of a proxy has such a status, too; only the Game API's own answers can be read. */
  private static <T> T understood(Answer answer, Reader<T> reader) throws GameApiException {
    try {
      return reader.read(answer.json());
    } catch (JsonException e) {
      throw notUnderstood("status " + answer.status() + ", " + e.getMessage(), e);
    }
  }

  private static GameApiException notUnderstood(String what, Throwable cause) {
    return new GameApiException(
        Reason.NOT_UNDERSTOOD,
        "its answer is not the Game API's (" + what + "); look at url in " + Settings.FILE,
        Optional.empty(),
        cause);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
