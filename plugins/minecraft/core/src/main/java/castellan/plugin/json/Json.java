package castellan.plugin.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value (RFC 8259) that cannot change.
 *
 * <p>Every server ships a JSON library, each another version of it, and a plugin must not depend on
 * which. What the Game API needs is small, so that it is written here, rather than carrying a whole
 * library under another name.
 */
public final class Json {
  /** A String, a Boolean, a Whole or Fraction, a List or Map of Json, or null. */
  private final Object value;

  /** A number as it was written, which may have a fraction or an exponent. */
  record Number(String written) {}

  Json(Object value) {
    this.value = value;
  }

  /**
   * Reads a text that is one JSON value.
   *
   * @throws JsonException when it is not, nests deeper than {@link JsonReader#DEEPEST}, or names a
   *     key of an object twice
   */
  public static Json parse(String text) throws JsonException {
    return new JsonReader(text).read();
  }

  public static Json text(String text) {
    return new Json(text);
  }

  public static Json number(long number) {
    return new Json(new Number(Long.toString(number)));
  }

  public static Json list(List<Json> items) {
    return new Json(List.copyOf(items));
  }

  /** An object without keys; {@link #with} adds them. */
  public static Json object() {
    return new Json(Map.of());
  }

  /**
   * This object with one more key, or another value of a key.
   *
   * @throws IllegalStateException when this is not an object
   */
  public Json with(String key, Json item) {
    if (!(value instanceof Map<?, ?> map)) throw new IllegalStateException("not an object");
    Map<String, Json> more = new LinkedHashMap<>();
    map.forEach((name, old) -> more.put((String) name, (Json) old));
    more.put(key, item);
    return new Json(more);
  }

  public Json with(String key, String text) {
    return with(key, text(text));
  }

  public Json with(String key, long number) {
    return with(key, number(number));
  }

  /**
   * The value of a key.
   *
   * @throws JsonException when this is not an object, or has no such key
   */
  public Json get(String key) throws JsonException {
    Optional<Json> found = find(key);
    if (found.isEmpty()) throw new JsonException("\"" + key + "\" is missing");
    return found.get();
  }

  /**
   * The value of a key; empty when there is no such key, or it is null.
   *
   * @throws JsonException when this is not an object
   */
  public Optional<Json> find(String key) throws JsonException {
    if (!(value instanceof Map<?, ?> map)) throw new JsonException("this is no object");
    return map.get(key) instanceof Json found && found.value != null
        ? Optional.of(found)
        : Optional.empty();
  }

  /** @throws JsonException when this is not a string */
  public String asText() throws JsonException {
    if (value instanceof String text) return text;
    throw new JsonException("this is no text");
  }

  /** @throws JsonException when this is not a whole number of at most 18 digits */
  public long asWhole() throws JsonException {
    if (value instanceof Number number && number.written.matches("-?[0-9]{1,18}")) {
      return Long.parseLong(number.written);
    }
    throw new JsonException("this is no whole number");
  }

  /** @throws JsonException when this is neither true nor false */
  public boolean asBoolean() throws JsonException {
    if (value instanceof Boolean truth) return truth;
    throw new JsonException("this is neither true nor false");
  }

  /** @throws JsonException when this is not an array */
  public List<Json> asList() throws JsonException {
    if (!(value instanceof List<?> items)) throw new JsonException("this is no list");
    return items.stream().map(item -> (Json) item).toList();
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Json json)) return false;
    return value == null ? json.value == null : value.equals(json.value);
  }

  @Override
  public int hashCode() {
    return value == null ? 0 : value.hashCode();
  }

  /** This value as JSON, without spaces, in ASCII. */
  @Override
  public String toString() {
    StringBuilder json = new StringBuilder();
    write(json);
    return json.toString();
  }

  private void write(StringBuilder json) {
    if (value instanceof String text) {
      writeText(text, json);
    } else if (value instanceof Number number) {
      json.append(number.written);
    } else if (value instanceof List<?> items) {
      json.append('[');
      String separator = "";
      for (Object item : items) {
        json.append(separator);
        ((Json) item).write(json);
        separator = ",";
      }
      json.append(']');
    } else if (value instanceof Map<?, ?> map) {
      json.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.append(separator);
        writeText((String) entry.getKey(), json);
        json.append(':');
        ((Json) entry.getValue()).write(json);
        separator = ",";
      }
      json.append('}');
    } else {
      json.append(value);
    }
  }

  private static void writeText(String text, StringBuilder json) {
    json.append('"');
    for (int at = 0; at < text.length(); at++) {
      char one = text.charAt(at);
      if (one == '"' || one == '\\') {
        json.append('\\').append(one);
      } else if (one < ' ' || one > '~') {
        // Whatever reads it, and also half of a surrogate pair stays what it was.
        json.append(String.format("\\u%04x", (int) one));
      } else {
        json.append(one);
      }
    }
    json.append('"');
  }
}
