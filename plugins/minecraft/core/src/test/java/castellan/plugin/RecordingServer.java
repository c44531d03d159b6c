package castellan.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A game server that remembers what players were told. */
public final class RecordingServer implements GameServer {
  /** Who was told what. */
  public record Told(Player player, Message message) {}

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final Collection<Player> players = new CopyOnWriteArrayList<>();

  public RecordingServer(Player... players) {
    this.players.addAll(List.of(players));
  }

  public void join(Player player) {
    players.add(player);
  }

  @Override
  public Collection<Player> players() {
    return players;
  }

  @Override
  public void tell(Player player, Message message) {
    told.add(new Told(player, message));
  }

  /** What was told next. Waits for it. */
  public Told next() throws InterruptedException {
    Told next = told.poll(20, TimeUnit.SECONDS);
    if (next == null) throw new AssertionError("nobody was told anything");
    return next;
  }

  /** What was told and not asked for yet. */
  public List<Told> rest() {
    List<Told> rest = new ArrayList<>();
    told.drainTo(rest);
    return rest;
  }
}
