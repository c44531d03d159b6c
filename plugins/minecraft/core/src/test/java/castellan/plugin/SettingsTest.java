package castellan.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import castellan.plugin.scripted.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings")
class SettingsTest {
  private static final String RIGHT =
      "url=https://castellan.example/\nserver=survival\nsecret=" + Samples.secret() + "\n";

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void name() {
    folder = parent.resolve("Castellan");
  }

  private Settings load(String text) throws IOException, Settings.Unusable {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(Settings.FILE), text);
    return Settings.load(folder, Map.of());
  }

  private String wrong(String text) {
    return assertThrows(Settings.Unusable.class, () -> load(text)).getMessage();
  }

  @Test
  @DisplayName("are read from a file")
  void areRead() throws Exception {
    Settings settings = load(RIGHT + "# more\nenforce-whitelist = true \nunknown=1\n");
    assertEquals(URI.create("https://castellan.example/"), settings.url());
    assertEquals("survival", settings.server());
    assertTrue(settings.keepOut());
    assertFalse(load(RIGHT).keepOut());
    assertEquals("my-guild/survival", load(RIGHT + "server=my-guild/survival").server());
  }

  @Test
  @DisplayName("take the secret from the environment when the file has none")
  void areInTheEnvironment() throws Exception {
    load(RIGHT);
    Files.writeString(folder.resolve(Settings.FILE), "url=http://127.0.0.1:3000\nserver=a\n");
    Map<String, String> environment = Map.of(Settings.SECRET_VARIABLE, Samples.secret());
    assertEquals("a", Settings.load(folder, environment).server());
  }

  @Test
  @DisplayName("begin as a file to be filled in, which is written once")
  void begin() throws Exception {
    Settings.Unusable wrong =
        assertThrows(Settings.Unusable.class, () -> Settings.load(folder, Map.of()));
    for (String key : new String[] {"url", "server", "secret", Settings.FILE}) {
      assertTrue(wrong.getMessage().contains(key), wrong.getMessage());
    }
    Path file = folder.resolve(Settings.FILE);
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      assertEquals("rw-------", PosixFilePermissions.toString(rights));
    }
    String written = Files.readString(file);
    String filled =
        written
            .replace("url=", "url=https://castellan.example")
            .replace("server=", "server=survival")
            .replace("secret=", "secret=" + Samples.secret());
    assertEquals("survival", load(filled).server());
    assertEquals(filled, Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "castellan.example", "ftp://castellan.example", "https://", "https://a b", "https:///x",
        "https://user:word@castellan.example", "https://castellan.example?a=b", "https://x/#y"
      })
  @DisplayName("refuse what is no address")
  void refuseAddresses(String url) {
    assertTrue(wrong(RIGHT + "url=" + url).contains("url: it must be an address"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Survival", "a b", "a/b/c", "/a", "a/", "-a", "é"})
  @DisplayName("refuse what is no server's id")
  void refuseServers(String server) {
    assertTrue(wrong(RIGHT + "server=" + server).contains("server: it must be the id"));
  }

  @Test
  @DisplayName("say everything that is wrong at once, and show no secret")
  void sayEverything() {
    String message = wrong("url=x\nserver=\nsecret=whsec_5ecret*\nenforce-whitelist=yes\n");
    for (String key : new String[] {"url:", "server:", "secret:", "enforce-whitelist:"}) {
      assertTrue(message.contains(key), message);
    }
    assertFalse(message.contains("5ecret"), message);
    assertTrue(wrong("url=\\u12\n").contains("hexadecimal"));
  }

  @Test
  @DisplayName("do not print the secret")
  void hide() throws Exception {
    assertFalse(load(RIGHT).toString().contains(Samples.secret().substring(6)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://castellan.example,false", "http://castellan.example,true", "http://10.0.0.1,true",
    "http://127.0.0.1:3000,false", "http://localhost:3000,false", "http://[::1]:3000,false"
  })
  @DisplayName("tell whether codes can be read on the way")
  void tell(String url, boolean readable) throws Exception {
    assertEquals(readable, load(RIGHT + "url=" + url).isReadableOnTheWay());
  }
}
