package castellan.plugin.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON")
class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", "true", "false", "0", "-0", "12", "-3.5", "1e9", "1E+9", "1.5e-3", "\"\"",
        "[]", "{}", "[1,[2,[3]]]", "{\"a\":{\"b\":[null,true]}}", "\"a\\\"b\\\\c\"",
        "1234567890123456789012345678901234567890"
      })
  @DisplayName("is written as it was read")
  void staysTheSame(String text) throws JsonException {
    assertEquals(text, Json.parse(text).toString());
    assertEquals(text, Json.parse(" \t\r\n" + text + " \n").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "nul", "nullx", "tru", "True", "01", "-", "+1", "1.", ".5", "1e", "0x1", "NaN",
        "Infinity", "'a'", "\"", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\t\"",
        "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{", "{\"a\"", "{\"a\":", "{\"a\":1",
        "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "1 1", "{}{}", "//x\n1",
        "\ufeff1", "{\"a\":1,\"a\":2}", "<html></html>", "{\"a\":null,\"a\":null}"
      })
  @DisplayName("is told from what is none")
  void isStrict(String text) {
    assertThrows(JsonException.class, () -> Json.parse(text));
  }

  @Test
  @DisplayName("has every escape of strings")
  void unescapes() throws JsonException {
    String escapes = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u00E9\\ud83d\\ude00\"";
    assertEquals("\"\\/\b\f\n\r\téé😀", Json.parse(escapes).asText());
    assertEquals("é😀", Json.parse("\"é😀\"").asText());
  }

  @Test
  @DisplayName("is written in ASCII, also half of a surrogate pair")
  void writesAscii() throws JsonException {
    String text = "a\"\\/\u0000\n\u001f é😀\ud800\u2028";
    String written = Json.text(text).toString();
    assertTrue(written.chars().allMatch(one -> one >= ' ' && one <= '~'), written);
    assertEquals(text, Json.parse(written).asText());
  }

  @Test
  @DisplayName("is not read to any depth")
  void hasABottom() throws JsonException {
    int deepest = JsonReader.DEEPEST;
    Json.parse("[".repeat(deepest) + "1" + "]".repeat(deepest));
    assertThrows(JsonException.class, () -> Json.parse("[".repeat(deepest + 1)));
    assertThrows(JsonException.class, () -> Json.parse("[".repeat(1_000_000)));
    assertThrows(JsonException.class, () -> Json.parse("{\"a\":".repeat(1_000_000)));
  }

  @Test
  @DisplayName("gives what was asked for, or says what is wrong")
  void isTyped() throws JsonException {
    Json json = Json.parse("{\"text\":\"a\",\"whole\":12,\"half\":0.5,\"no\":false,\"void\":null}");
    assertEquals("a", json.get("text").asText());
    assertEquals(12, json.get("whole").asWhole());
    assertFalse(json.get("no").asBoolean());
    assertTrue(json.find("void").isEmpty());
    assertTrue(json.find("missing").isEmpty());
    for (String missing : List.of("void", "missing")) {
      JsonException wrong = assertThrows(JsonException.class, () -> json.get(missing));
      assertEquals("\"" + missing + "\" is missing", wrong.getMessage());
    }
    assertThrows(JsonException.class, () -> json.get("whole").asText());
    assertThrows(JsonException.class, () -> json.get("text").asWhole());
    assertThrows(JsonException.class, () -> json.get("half").asWhole());
    assertThrows(JsonException.class, () -> json.get("text").asBoolean());
    assertThrows(JsonException.class, () -> json.get("text").asList());
    assertThrows(JsonException.class, () -> json.get("text").get("a"));
    assertThrows(JsonException.class, () -> Json.parse("1e400").asWhole());
    assertThrows(JsonException.class, () -> Json.parse("9".repeat(100_000)).asWhole());
  }

  @Test
  @DisplayName("objects are made without changing what was there")
  void isImmutable() {
    Json one = Json.object().with("a", "1");
    Json two = one.with("b", 2).with("a", "x").with("c", Json.list(List.of(Json.text("y"))));
    assertEquals("{\"a\":\"1\"}", one.toString());
    assertEquals("{\"a\":\"x\",\"b\":2,\"c\":[\"y\"]}", two.toString());
    assertThrows(IllegalStateException.class, () -> Json.text("a").with("b", "c"));
  }

  @Test
  @DisplayName("an error never quotes what was read")
  void hidesTheText() {
    String secret = "{\"code\":ABCD2345}";
    JsonException wrong = assertThrows(JsonException.class, () -> Json.parse(secret));
    assertFalse(wrong.getMessage().contains("ABCD"), wrong.getMessage());
  }

  @Test
  @DisplayName("any value comes back from its text; broken texts are refused, and nothing else happens")
  void survivesChance() throws JsonException {
    long seed = System.nanoTime();
    System.out.println("JsonTest: seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      Json value = any(random, 4);
      String text = value.toString();
      assertEquals(value, Json.parse(text), text);
      StringBuilder broken = new StringBuilder(text);
      broken.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
      try {
        Json.parse(broken.toString());
      } catch (JsonException e) {
        // Some are JSON still, the others end here.
      }
    }
  }

  private static Json any(Random random, int depth) throws JsonException {
    switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0:
        return Json.number(random.nextLong());
      case 1:
        return Json.parse(List.of("null", "true", "false", "-1.5e3").get(random.nextInt(4)));
      case 2:
        return Json.text(anyText(random));
      case 3:
        List<Json> items = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) items.add(any(random, depth - 1));
        return Json.list(items);
      default:
        Json object = Json.object();
        for (int left = random.nextInt(4); left > 0; left--) {
          object = object.with(anyText(random), any(random, depth - 1));
        }
        return object;
    }
  }

  private static String anyText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(6); left > 0; left--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
    }
    return text.toString();
  }
}
