package castellan.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message")
class MessageTest {
  private static String shown(String text) {
    return Message.info(text).text();
  }

  @Test
  @DisplayName("is shown as it is")
  void isPlain() {
    assertEquals("Grüße, 你好 😀 <b>&c</b> %s {}", shown("Grüße, 你好 😀 <b>&c</b> %s {}"));
  }

  @Test
  @DisplayName("keeps no formatting code, line break, control character or turned direction")
  void isHarmless() {
    assertEquals("cred k", shown("§cred §k"));
    assertEquals("a b c", shown(" a\nb\rc\u0000\t"));
    assertEquals("a b c", shown("a\u2028b\u2029c"));
    assertEquals("evil.txt", shown("\u202eevil\u2066.txt\u200f\ufeff"));
    assertEquals("x", shown("\ud800x\ue000\udbff"));
  }

  @Test
  @DisplayName("does not fill the chat")
  void isShort() {
    assertEquals("x".repeat(300), shown("x".repeat(300)));
    assertEquals("x".repeat(299) + "…", shown("x".repeat(301)));
    assertEquals("😀".repeat(299) + "…", shown("😀".repeat(1_000_000)));
  }

  @Test
  @DisplayName("is harmless whatever comes")
  void survivesChance() {
    long seed = System.nanoTime();
    System.out.println("MessageTest: seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(500); left > 0; left--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 256 : 0x10000));
      }
      String plain = shown(text.toString());
      assertTrue(plain.codePointCount(0, plain.length()) <= 300);
      assertFalse(plain.chars().anyMatch(one -> one == '§' || Character.isISOControl(one)));
      assertEquals(plain, shown(plain));
    }
  }
}
