package castellan.plugin.whitelist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import castellan.plugin.RecordingLog;
import castellan.plugin.api.GameApiException;
import castellan.plugin.api.GameApiException.Reason;
import castellan.plugin.api.ScriptedApi;
import castellan.plugin.api.WhitelistChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The changes of the whitelist")
class WhitelistRoundTest {
  private static final UUID ALEX = new UUID(1, 1);

  private final ScriptedApi api = new ScriptedApi();
  private final RecordingLog log = new RecordingLog();
  private final List<String> made = new ArrayList<>();
  private final Set<String> impossible = new HashSet<>();
  private final Whitelist whitelist =
      new Whitelist() {
        @Override
        public void add(Entry entry) throws IOException {
          make("+" + entry.name());
        }

        @Override
        public void remove(Entry entry) throws IOException {
          make("-" + entry.name());
        }

        private void make(String what) throws IOException {
          if (impossible.contains(what)) throw new IOException("the disk is full");
          made.add(what);
        }
      };
  private final WhitelistRound round = new WhitelistRound(api, whitelist, log.logger());

  private static WhitelistChange change(long sequence, String what) {
    boolean add = what.startsWith("+");
    String name = what.substring(1);
    return new WhitelistChange("1-" + sequence, sequence, add, name, Optional.empty());
  }

  private void hears(WhitelistChange... changes) throws Exception {
    api.changes.add(List.of(changes));
    round.run();
  }

  @Test
  @DisplayName("are made in the order of their numbers, and confirmed")
  void areInOrder() throws Exception {
    hears(change(7, "+c"), change(3, "+a"), change(5, "-b"));
    assertEquals(List.of("+a", "-b", "+c"), made);
    assertEquals(List.of("1-3", "1-5", "1-7"), api.confirmed);
    hears();
    assertEquals(List.of(0L, 7L), api.afters);
  }

  @Test
  @DisplayName("that come after a later one of the same player are not made any more")
  void mayComeLate() throws Exception {
    hears(change(9, "-Alex"));
    hears(change(4, "+alex"), change(5, "+sam"));
    assertEquals(List.of("-Alex", "+sam"), made);
    assertEquals(List.of("1-9", "1-4", "1-5"), api.confirmed);
  }

  @Test
  @DisplayName("are of the same player by UUID, whatever the name")
  void knowPlayers() throws Exception {
    hears(new WhitelistChange("1-9", 9, false, "Renamed", Optional.of(ALEX)));
    hears(new WhitelistChange("1-4", 4, true, "Alex", Optional.of(ALEX)), change(5, "+Alex"));
    assertEquals(List.of("-Renamed", "+Alex"), made);
  }

  @Test
  @DisplayName("whose confirmation is lost are confirmed again before anything else, and made once")
  void areConfirmedAgain() throws Exception {
    api.lostConfirmations.add(ScriptedApi.fault(Reason.UNAVAILABLE));
    api.lostConfirmations.add(ScriptedApi.fault(Reason.UNAVAILABLE));
    assertThrows(GameApiException.class, () -> hears(change(1, "+a")));
    assertThrows(GameApiException.class, round::run);
    assertEquals(List.of(), api.confirmed);
    assertEquals(List.of(0L), api.afters);
    hears(change(1, "+a"), change(2, "+b"));
    assertEquals(List.of("+a", "+b"), made);
    assertEquals(List.of("1-1", "1-1", "1-2"), api.confirmed);
  }

  @Test
  @DisplayName("are asked for anew when the confirmation is not understood")
  void startOver() throws Exception {
    api.lostConfirmations.add(ScriptedApi.fault(Reason.NOT_UNDERSTOOD));
    assertThrows(GameApiException.class, () -> hears(change(8, "+a")));
    hears();
    assertEquals(List.of(0L, 0L), api.afters);
  }

  @Test
  @DisplayName("that cannot be made hold up nobody, are tried again, and are told to the log once")
  void mayFail() throws Exception {
    impossible.add("+a");
    hears(change(1, "+a"), change(2, "+b"));
    assertEquals(List.of("1-2"), api.confirmed);
    hears();
    hears(change(1, "+a"));
    hears();
    assertEquals(List.of(0L, 2L, 0L, 1L), api.afters);
    assertEquals(1, log.lines().size(), log.all());
    impossible.clear();
    hears(change(1, "+a"));
    assertEquals(List.of("+b", "+a"), made);
    assertEquals(List.of("1-2", "1-1"), api.confirmed);
  }

  @Test
  @DisplayName("end as wanted however answers repeat, overtake and get lost")
  void surviveChance() throws Exception {
    long seed = System.nanoTime();
    System.out.println("WhitelistRoundTest: seed " + seed);
    Random random = new Random(seed);
    for (int game = 0; game < 200; game++) {
      Set<String> wanted = new HashSet<>();
      List<WhitelistChange> all = new ArrayList<>();
      for (int sequence = 1; sequence <= 30; sequence++) {
        String name = String.valueOf((char) ('a' + random.nextInt(5))) + game;
        boolean add = random.nextBoolean();
        all.add(change(sequence, (add ? "+" : "-") + name));
        if (add) wanted.add(name);
        else wanted.remove(name);
      }
      made.clear();
      api.confirmed.clear();
      WhitelistRound fresh = new WhitelistRound(api, whitelist, log.logger());
      while (!new HashSet<>(api.confirmed).containsAll(ids(all))) {
        List<WhitelistChange> answer = new ArrayList<>(all);
        answer.removeIf(unused -> random.nextInt(3) > 0);
        api.changes.add(answer);
        if (random.nextInt(4) == 0) {
          api.lostConfirmations.add(ScriptedApi.fault(Reason.UNAVAILABLE));
        }
        try {
          fresh.run();
        } catch (GameApiException e) {
          // Lost; the next round confirms it.
        }
        if (api.changes.size() > 0) api.changes.clear();
      }
      api.lostConfirmations.clear();
      assertEquals(wanted, listed(), "game " + game);
    }
  }

  private static List<String> ids(List<WhitelistChange> changes) {
    return changes.stream().map(WhitelistChange::id).toList();
  }

  private Set<String> listed() {
    Set<String> listed = new HashSet<>();
    for (String one : made) {
      if (one.startsWith("+")) listed.add(one.substring(1));
      else listed.remove(one.substring(1));
    }
    return listed;
  }
}
