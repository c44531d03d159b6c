package castellan.plugin.api;

import castellan.plugin.Player;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A Game API that answers as a test says, and remembers what it was asked. */
public final class ScriptedApi implements GameApi {
  public final BlockingQueue<PendingAnswer> pending = new LinkedBlockingQueue<>();
  public final List<PendingAnswer> lasts = new ArrayList<>();
  /** A Verdict or a GameApiException each. */
  public final BlockingQueue<Object> verdicts = new LinkedBlockingQueue<>();
  public final List<String> guesses = new CopyOnWriteArrayList<>();
  public final BlockingQueue<List<WhitelistChange>> changes = new LinkedBlockingQueue<>();
  public final List<Long> afters = new ArrayList<>();
  public final List<String> confirmed = new ArrayList<>();
  public final BlockingQueue<GameApiException> lostConfirmations = new LinkedBlockingQueue<>();

  public static GameApiException fault(GameApiException.Reason reason) {
    return new GameApiException(reason, "as scripted", Optional.empty(), null);
  }

  @Override
  public PendingAnswer pendingNames(PendingAnswer last) throws InterruptedException {
    lasts.add(last);
    return pending.take();
  }

  @Override
  public Verdict verify(Player player, String code)
      throws GameApiException, InterruptedException {
    guesses.add(player.name() + " " + code);
    Object verdict = verdicts.take();
    if (verdict instanceof GameApiException fault) throw fault;
    return (Verdict) verdict;
  }

  @Override
  public List<WhitelistChange> whitelistChanges(long after) throws InterruptedException {
    afters.add(after);
    return changes.take();
  }

  @Override
  public void confirm(List<String> ids) throws GameApiException {
    GameApiException lost = lostConfirmations.poll();
    if (lost != null) throw lost;
    confirmed.addAll(ids);
  }
}
