package castellan.plugin.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one text as JSON, strictly by the grammar of RFC 8259. */
final class JsonReader {
  /** What nests deeper is no answer of ours; reading it would only fill the stack. */
  static final int DEEPEST = 32;

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  Json read() throws JsonException {
    Json value = value(0);
    skipSpaces();
    if (at < text.length()) throw wrong("there is more after the end");
    return value;
  }

  private Json value(int depth) throws JsonException {
    if (depth > DEEPEST) throw wrong("it nests too deep");
    skipSpaces();
    switch (peek()) {
      case '{':
        return object(depth);
      case '[':
        return list(depth);
      case '"':
        return new Json(string());
      case 't':
        return word("true", Boolean.TRUE);
      case 'f':
        return word("false", Boolean.FALSE);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Json object(int depth) throws JsonException {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    skipSpaces();
    if (take('}')) return new Json(members);
    do {
      skipSpaces();
      if (peek() != '"') throw wrong("a key was expected");
      String key = string();
      skipSpaces();
      if (!take(':')) throw wrong("a colon was expected");
      if (members.put(key, value(depth + 1)) != null) throw wrong("a key is named twice");
      skipSpaces();
    } while (take(','));
    if (!take('}')) throw wrong("an object does not end");
    return new Json(members);
  }

  private Json list(int depth) throws JsonException {
    List<Json> items = new ArrayList<>();
    at++;
    skipSpaces();
    if (take(']')) return new Json(items);
    do {
      items.add(value(depth + 1));
      skipSpaces();
    } while (take(','));
    if (!take(']')) throw wrong("a list does not end");
    return new Json(items);
  }

  private String string() throws JsonException {
    StringBuilder read = new StringBuilder();
    at++;
    while (true) {
      char one = peek();
      at++;
      if (one == '"') return read.toString();
      if (one < ' ') throw wrong("a control character is in a string");
      read.append(one == '\\' ? escaped() : one);
    }
  }

  private char escaped() throws JsonException {
    char one = peek();
    at++;
    switch (one) {
      case '"', '\\', '/':
        return one;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return unit();
      default:
        throw wrong("an unknown escape");
    }
  }

  private char unit() throws JsonException {
    int code = 0;
    for (int digits = 0; digits < 4; digits++) {
      int digit = "0123456789abcdef".indexOf(Character.toLowerCase(peek()));
      if (digit < 0) throw wrong("an escape has four hexadecimal digits");
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private Json number() throws JsonException {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) throw wrong("a value was expected");
    at = number.end();
    return new Json(new Json.Number(number.group()));
  }

  private Json word(String word, Object value) throws JsonException {
    if (!text.startsWith(word, at)) throw wrong("a value was expected");
    at += word.length();
    return new Json(value);
  }

  private void skipSpaces() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
  }

  private boolean take(char wanted) {
    boolean there = at < text.length() && text.charAt(at) == wanted;
    if (there) at++;
    return there;
  }

  private char peek() throws JsonException {
    if (at >= text.length()) throw wrong("it ends too early");
    return text.charAt(at);
  }

  private JsonException wrong(String what) {
    return new JsonException("not JSON: " + what + " (at " + at + ")");
  }
}
