package castellan.plugin.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.Player;
import castellan.plugin.RecordingServer;
import castellan.plugin.api.GameApi;
import castellan.plugin.api.PendingName;
import castellan.plugin.api.ScriptedApi;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pending names")
class PendingNamesRoundTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Player ALEX = new Player(new UUID(1, 1), "Alex");
  private static final Player SAM = new Player(new UUID(2, 2), ".Sam_the 1st");

  private final ScriptedApi api = new ScriptedApi();
  private final RecordingServer server = new RecordingServer(ALEX);
  private final PendingNames pending = new PendingNames();
  private Instant now = NOW;
  private final PendingNamesRound round =
      new PendingNamesRound(api, server, pending, () -> now);

  private void hears(String version, String... names) throws Exception {
    List<PendingName> listed =
        List.of(names).stream().map(name -> new PendingName(name, NOW.plusSeconds(600))).toList();
    api.pending.add(new GameApi.PendingAnswer(listed, version));
    round.run();
  }

  @Test
  @DisplayName("tell a player who is there, once")
  void tellOnce() throws Exception {
    hears("1", "ALEX", "Other");
    assertEquals(ALEX, server.next().player());
    hears("2", "alex");
    assertEquals(List.of(), server.rest());
    hears("3");
    hears("4", "alex");
    assertTrue(server.next().message().text().contains("/verify"));
    assertEquals(List.of(), server.rest());
  }

  @Test
  @DisplayName("ask for what is news since the last answer")
  void ask() throws Exception {
    hears("1");
    hears("2");
    assertEquals(null, api.lasts.get(0));
    assertEquals("1", api.lasts.get(1).version());
  }

  @Test
  @DisplayName("tell a player who comes, as long as the code can be typed")
  void tellWhoComes() throws Exception {
    hears("1", ".sam the_1ST");
    assertEquals(List.of(), server.rest());
    round.joined(SAM);
    assertEquals(SAM, server.next().player());
    round.joined(ALEX);
    now = NOW.plusSeconds(600);
    round.joined(SAM);
    now = NOW;
    hears("2");
    round.joined(SAM);
    assertEquals(List.of(), server.rest());
  }

  @Test
  @DisplayName("hold a name that two register until the later one ends")
  void holdTheLater() throws Exception {
    PendingName later = new PendingName("alex", NOW.plusSeconds(600));
    PendingName sooner = new PendingName("Alex", NOW.plusSeconds(60));
    api.pending.add(new GameApi.PendingAnswer(List.of(later, sooner), "1"));
    round.run();
    assertTrue(pending.has(ALEX, NOW.plusSeconds(599)));
  }
}
