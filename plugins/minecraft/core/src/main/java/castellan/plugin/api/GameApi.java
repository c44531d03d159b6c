package castellan.plugin.api;

import castellan.plugin.Player;
import java.util.List;

/** What Castellan's web server does for a game server. Each call waits for its answer. */
public interface GameApi {
  /** What is pending, and what it takes to be told only of the next change. */
  record PendingAnswer(List<PendingName> names, String version) {}

  /**
   * The names that are being registered.
   *
   * @param last what was answered last: the call then returns once something else is true, or after
   *     half a minute; null: it returns at once
   * @throws GameApiException when there is no answer; it may be asked again
   * @throws InterruptedException when the thread was interrupted
   */
  PendingAnswer pendingNames(PendingAnswer last) throws GameApiException, InterruptedException;

  /**
   * Hands over a code that a player typed. It is tried again for some seconds when no answer comes,
   * and counts as one attempt all the same.
   *
   * @param code in upper case, without spaces and hyphens
   * @throws GameApiException when there is no answer; it may be asked again
   * @throws InterruptedException when the thread was interrupted
   */
  Verdict verify(Player player, String code) throws GameApiException, InterruptedException;

  /**
   * The changes of the whitelist that nobody has confirmed, in their order. Waits half a minute for
   * some when there are none.
   *
   * @param after only changes with a greater sequence number
   * @throws GameApiException when there is no answer; it may be asked again
   * @throws InterruptedException when the thread was interrupted
   */
  List<WhitelistChange> whitelistChanges(long after) throws GameApiException, InterruptedException;

  /**
   * Confirms changes of the whitelist that were made, which are then not asked for again.
   *
   * @param ids those of the changes; at least one
   * @throws GameApiException when there is no answer; it may be sent again
   * @throws InterruptedException when the thread was interrupted
   */
  void confirm(List<String> ids) throws GameApiException, InterruptedException;
}
