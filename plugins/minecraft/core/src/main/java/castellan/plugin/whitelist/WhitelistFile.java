package castellan.plugin.whitelist;

import castellan.plugin.Player;
import castellan.plugin.json.Json;
import castellan.plugin.json.JsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A whitelist for servers that have none of their own, in a file of the form of Minecraft's {@code
 * whitelist.json}: a list of {@code {"uuid": …, "name": …}}. An entry whose UUID nobody knows has
 * none.
 */
public final class WhitelistFile implements Whitelist {
  /** The file's name, in the plugin's folder. */
  public static final String FILE = "whitelist.json";

  private static final Set<StandardOpenOption> ANEW =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);

  private final Path file;
  private volatile List<Entry> entries;

  private WhitelistFile(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Reads the file in a folder; where there is none, the list is empty.
   *
   * @throws IOException when it cannot be read, or is not of that form
   */
  public static WhitelistFile open(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) return new WhitelistFile(file, List.of());
    try {
      List<Entry> entries = new ArrayList<>();
      for (Json entry : Json.parse(Files.readString(file)).asList()) {
        Optional<Json> uuid = entry.find("uuid");
        entries.add(
            new Entry(
                entry.get("name").asText(),
                uuid.isEmpty() ? Optional.empty() : Optional.of(uuid(uuid.get()))));
      }
      return new WhitelistFile(file, List.copyOf(entries));
    } catch (JsonException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static UUID uuid(Json json) throws JsonException {
    try {
      return UUID.fromString(json.asText());
    } catch (IllegalArgumentException e) {
      throw new JsonException("\"uuid\" is none");
    }
  }

  /** Whether a player is on the list: by UUID where it is known, else by name. Never waits. */
  public boolean allows(Player player) {
    return entries.stream()
        .anyMatch(
            entry ->
                entry.uuid().isPresent()
                    ? entry.uuid().get().equals(player.uuid())
                    : entry.name().equalsIgnoreCase(player.name()));
  }

  /** What is on it. */
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public synchronized void add(Entry entry) throws IOException {
    List<Entry> next = without(entry);
    next.add(entry);
    store(next);
  }

  @Override
  public synchronized void remove(Entry entry) throws IOException {
    store(without(entry));
  }

  private List<Entry> without(Entry gone) {
    return new ArrayList<>(entries.stream().filter(entry -> !isSame(entry, gone)).toList());
  }

  /** Who changed the name is the same; who took over an old name is not. */
  private static boolean isSame(Entry one, Entry other) {
    if (one.uuid().isPresent() && other.uuid().isPresent()) return one.uuid().equals(other.uuid());
    return one.name().equalsIgnoreCase(other.name());
  }

  private void store(List<Entry> next) throws IOException {
    List<Json> list = new ArrayList<>();
    for (Entry entry : next) {
      Json json = Json.object();
      if (entry.uuid().isPresent()) json = json.with("uuid", entry.uuid().get().toString());
      list.add(json.with("name", entry.name()));
    }
    Path half = file.resolveSibling(FILE + ".new");
    Files.createDirectories(file.getParent());
    byte[] text = Json.list(list).toString().getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(half, ANEW)) {
      ByteBuffer left = ByteBuffer.wrap(text);
      while (left.hasRemaining()) channel.write(left);
      // It is confirmed afterwards, and then never told again: it has to survive a power cut.
      channel.force(true);
    }
    // Whoever reads it sees the old list or the new one, also after a crash.
    try {
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    }
    entries = List.copyOf(next);
  }
}
