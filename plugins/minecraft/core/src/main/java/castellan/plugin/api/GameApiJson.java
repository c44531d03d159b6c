package castellan.plugin.api;

import castellan.plugin.Player;
import castellan.plugin.json.Json;
import castellan.plugin.json.JsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The Game API's requests and answers as JSON. Keys that are not known are passed over. */
final class GameApiJson {
  private GameApiJson() {}

  static Json verification(String server, Player player, String code) {
    Json who =
        Json.object().with("name", player.name()).with("uuid", player.uuid().toString());
    return Json.object().with("server", server).with("player", who).with("code", code);
  }

  static Json applied(String server, List<String> ids) {
    Json applied = Json.list(ids.stream().map(Json::text).toList());
    return Json.object().with("server", server).with("applied", applied);
  }

  static String message(Json json) throws JsonException {
    return json.get("message").asText();
  }

  static GameApi.PendingAnswer pendingAnswer(Json json) throws JsonException {
    List<PendingName> names = new ArrayList<>();
    for (Json one : json.get("registrations").asList()) {
      names.add(new PendingName(one.get("name").asText(), instant(one.get("endsAt"))));
    }
    return new GameApi.PendingAnswer(List.copyOf(names), json.get("version").asText());
  }

  static List<WhitelistChange> whitelistChanges(Json json) throws JsonException {
    List<WhitelistChange> changes = new ArrayList<>();
    for (Json one : json.get("changes").asList()) {
      Optional<Json> uuid = one.find("uuid");
      changes.add(
          new WhitelistChange(
              one.get("id").asText(),
              one.get("sequence").asWhole(),
              isAdd(one.get("action").asText()),
              one.get("name").asText(),
              uuid.isEmpty() ? Optional.empty() : Optional.of(uuid(uuid.get()))));
    }
    return List.copyOf(changes);
  }

  private static boolean isAdd(String action) throws JsonException {
    return switch (action) {
      case "add" -> true;
      case "remove" -> false;
      default -> throw new JsonException("\"action\" is neither add nor remove");
    };
  }

  private static Instant instant(Json json) throws JsonException {
    try {
      return Instant.parse(json.asText());
    } catch (DateTimeException e) {
      throw new JsonException("a time is not as in RFC 3339");
    }
  }

  private static UUID uuid(Json json) throws JsonException {
    try {
      return UUID.fromString(json.asText());
    } catch (IllegalArgumentException e) {
      throw new JsonException("a UUID is none");
    }
  }
}
