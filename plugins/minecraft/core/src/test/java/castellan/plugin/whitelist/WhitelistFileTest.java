package castellan.plugin.whitelist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.Player;
import castellan.plugin.whitelist.Whitelist.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The whitelist's file")
class WhitelistFileTest {
  private static final UUID ONE = UUID.fromString("11111111-2222-4333-8444-555555555555");
  private static final UUID TWO = new UUID(2, 2);

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void name() {
    folder = parent.resolve("Castellan");
  }

  private static Entry entry(String name, UUID uuid) {
    return new Entry(name, Optional.ofNullable(uuid));
  }

  @Test
  @DisplayName("has Minecraft's form, and is read again")
  void isStored() throws IOException {
    WhitelistFile list = WhitelistFile.open(folder);
    assertEquals(List.of(), list.entries());
    list.add(entry("Alex", ONE));
    list.add(entry(".Sam T", null));
    assertEquals(
        "[{\"uuid\":\"11111111-2222-4333-8444-555555555555\",\"name\":\"Alex\"},"
            + "{\"name\":\".Sam T\"}]",
        Files.readString(folder.resolve(WhitelistFile.FILE)));
    assertEquals(list.entries(), WhitelistFile.open(folder).entries());
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  @DisplayName("lets in by UUID where it is known, else by name")
  void allows() throws IOException {
    WhitelistFile list = WhitelistFile.open(folder);
    list.add(entry("Alex", ONE));
    list.add(entry("Sam", null));
    assertTrue(list.allows(new Player(ONE, "Renamed")));
    assertFalse(list.allows(new Player(TWO, "Alex")));
    assertTrue(list.allows(new Player(TWO, "SAM")));
    assertFalse(list.allows(new Player(TWO, "Other")));
  }

  @Test
  @DisplayName("stays the same when a change comes twice")
  void isIdempotent() throws IOException {
    WhitelistFile list = WhitelistFile.open(folder);
    for (int again = 0; again < 2; again++) list.add(entry("Alex", ONE));
    list.add(entry("Renamed", ONE));
    assertEquals(List.of(entry("Renamed", ONE)), list.entries());
    list.add(entry("Sam", null));
    list.add(entry("sam", TWO));
    assertEquals(List.of(entry("Renamed", ONE), entry("sam", TWO)), list.entries());
    for (int again = 0; again < 2; again++) list.remove(entry("Other", TWO));
    assertEquals(List.of(entry("Renamed", ONE)), list.entries());
    list.remove(entry("RENAMED", null));
    assertEquals(List.of(), WhitelistFile.open(folder).entries());
  }

  @Test
  @DisplayName("keeps both who had a name one after the other")
  void knowsPlayers() throws IOException {
    WhitelistFile list = WhitelistFile.open(folder);
    list.add(entry("Alex", ONE));
    list.add(entry("Alex", TWO));
    list.remove(entry("Alex", ONE));
    assertEquals(List.of(entry("Alex", TWO)), list.entries());
  }

  @Test
  @DisplayName("changes nothing when it cannot be stored")
  void isWholeOrNot() throws IOException {
    WhitelistFile list = WhitelistFile.open(folder);
    list.add(entry("Alex", ONE));
    Files.createDirectory(folder.resolve(WhitelistFile.FILE + ".new"));
    assertThrows(IOException.class, () -> list.add(entry("Sam", TWO)));
    assertEquals(List.of(entry("Alex", ONE)), list.entries());
    assertEquals(list.entries(), WhitelistFile.open(folder).entries());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "[{}]", "[{\"name\":\"a\",\"uuid\":\"b\"}]", "[{"})
  @DisplayName("is not replaced when it is damaged")
  void isNotGuessed(String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(WhitelistFile.FILE), text);
    IOException wrong = assertThrows(IOException.class, () -> WhitelistFile.open(folder));
    assertTrue(wrong.getMessage().contains("is damaged"), wrong.getMessage());
    assertEquals(text, Files.readString(folder.resolve(WhitelistFile.FILE)));
  }
}
