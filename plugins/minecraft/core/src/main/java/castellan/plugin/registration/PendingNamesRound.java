package castellan.plugin.registration;

import castellan.plugin.GameServer;
import castellan.plugin.Message;
import castellan.plugin.Player;
import castellan.plugin.api.GameApi;
import castellan.plugin.api.GameApiException;
import castellan.plugin.api.PollLoop;
import java.time.InstantSource;

/** Keeps the pending names, and tells those players whose name is among them what to do. */
public final class PendingNamesRound implements PollLoop.Round {
  private static final Message INVITATION =
      Message.info(
          "Somebody on Discord is registering your name. If that is you, type /verify and the code"
              + " that you were shown there. If not, you need not do anything.");

  private final GameApi api;
  private final GameServer server;
  private final PendingNames pending;
  private final InstantSource clock;
  private GameApi.PendingAnswer last;

  public PendingNamesRound(
      GameApi api, GameServer server, PendingNames pending, InstantSource clock) {
    this.api = api;
    this.server = server;
    this.pending = pending;
    this.clock = clock;
  }

  /** Asks once, for as long as the Game API waits for news. */
  @Override
  public void run() throws GameApiException, InterruptedException {
    last = api.pendingNames(last);
    for (Player player : pending.replace(last.names(), server.players())) {
      server.tell(player, INVITATION);
    }
  }

  /** Tells a player who has just come, if the name is being registered. */
  public void joined(Player player) {
    if (pending.has(player, clock.instant())) server.tell(player, INVITATION);
  }
}
