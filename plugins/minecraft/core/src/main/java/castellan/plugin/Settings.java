package castellan.plugin;

import castellan.plugin.api.Secret;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/**
 * What {@code castellan.properties} says.
 *
 * @param url where Castellan's web server is
 * @param server the id that the guild's configuration gives to this game server
 * @param secret the same as in Castellan's environment
 * @param keepOut whether a server without a whitelist of its own (a proxy) lets in only whom
 *     Castellan has put on the list
 */
public record Settings(URI url, String server, Secret secret, boolean keepOut) {
  /** The file's name, in the plugin's folder. */
  public static final String FILE = "castellan.properties";

  /** Where the secret is looked for when the file has none. */
  static final String SECRET_VARIABLE = "CASTELLAN_GAME_SECRET";

  private static final String TEMPLATE =
      """
      # Where Castellan's web server is, as this machine reaches it.
      url=

      # The id of this game server in the guild's configuration. Where several guilds have a server of
      # that id: the guild's id or its name in addresses, a slash, and the server's id.
      server=

      # The secret of this game server, whsec_..., the same as in Castellan's environment.
      # Without it here, the environment variable CASTELLAN_GAME_SECRET is read.
      secret=

      # Only for servers without a whitelist of their own, such as a proxy:
      # true lets in only those whom Castellan has put on the whitelist.
      enforce-whitelist=false
      """;

  /** The settings cannot be used; the message says all that is wrong, and shows no secret. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /** Whether what is sent to the address can be read by others on the way. */
  boolean isReadableOnTheWay() {
    boolean here = url.getHost().matches("localhost|127[.][0-9.]+|\\[::1\\]");
    return "http".equals(url.getScheme()) && !here;
  }

  /**
   * Reads the file in a plugin's folder. Where there is none, one to be filled in is written.
   *
   * @param folder made when it is missing
   * @param environment the process's variables
   * @throws Unusable when something is missing or wrong in it
   * @throws IOException when it cannot be read or written
   */
  public static Settings load(Path folder, Map<String, String> environment)
      throws IOException, Unusable {
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      Files.createDirectories(folder);
      Files.writeString(file, TEMPLATE);
      ownerOnly(file);
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new Unusable(file + ": a \\u is not followed by four hexadecimal digits.");
    }
    return read(properties, environment, file.toString());
  }

  /** A secret will be in it; where files have other rights, the folder's are what protects it. */
  private static void ownerOnly(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (UnsupportedOperationException e) {
      // Windows.
    }
  }

  private static Settings read(Properties file, Map<String, String> environment, String name)
      throws Unusable {
    List<String> wrong = new ArrayList<>();
    URI url = value(file, "url", "", Settings::url, wrong);
    String server = value(file, "server", "", Settings::serverId, wrong);
    String spare = environment.getOrDefault(SECRET_VARIABLE, "");
    Secret secret = value(file, "secret", spare, Secret::parse, wrong);
    Boolean keepOut = value(file, "enforce-whitelist", "false", Settings::truth, wrong);
    if (wrong.isEmpty()) return new Settings(url, server, secret, keepOut);
    throw new Unusable(name + ": " + String.join("; ", wrong) + ".");
  }

  private static <T> T value(
      Properties file, String key, String absent, Function<String, T> read, List<String> wrong) {
    String text = file.getProperty(key, "").strip();
    try {
      return read.apply(text.isEmpty() ? absent : text);
    } catch (IllegalArgumentException e) {
      wrong.add(key + ": " + e.getMessage());
      return null;
    }
  }

  private static URI url(String text) {
    String example = "it must be an address such as https://castellan.example";
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean bare = url.getQuery() == null && url.getFragment() == null;
      if (web && bare && url.getHost() != null && url.getUserInfo() == null) return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(example, e);
    }
    throw new IllegalArgumentException(example);
  }

  private static String serverId(String text) {
    if (text.matches("([a-z0-9][a-z0-9_-]*/)?[a-z0-9][a-z0-9_-]{0,31}")) return text;
    throw new IllegalArgumentException(
        "it must be the id of this game server in the guild's configuration, such as survival or my-guild/survival");
  }

  private static boolean truth(String text) {
    if (text.equals("true") || text.equals("false")) return text.equals("true");
    throw new IllegalArgumentException("it must be true or false");
  }
}
