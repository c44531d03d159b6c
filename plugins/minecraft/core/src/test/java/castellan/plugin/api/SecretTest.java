package castellan.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import castellan.plugin.scripted.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A secret of Standard Webhooks")
class SecretTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("signs as the vector of the specification's libraries says")
  void signsAsSpecified() {
    Secret secret = Secret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, bytes("{\"test\": 2432232314}")));
  }

  @Test
  @DisplayName("signs as another implementation does")
  void signsAsOthersDo() {
    // Computed with the package standardwebhooks of npm, which shares no line with this.
    Secret secret = Secret.parse(Samples.secret());
    assertEquals(
        "v1,OkSBPzMXqrr1WK/CjBkbfNYvdk/5jjdBsBqHRnknqMI=",
        secret.sign("msg_1", 1700000000, bytes("")));
    assertEquals(
        "v1,m0cNUypLF0yXLEmAnZ/1olAHiE/z8kdKLb912uJpLRI=",
        secret.sign("msg_1", 1700000000, bytes("{\"a\":\"ä😀\"}")));
  }

  @Test
  @DisplayName("signs the id, the time and each byte")
  void signsEverything() {
    Secret secret = Secret.parse(Samples.secret());
    String signature = secret.sign("a", 1, bytes("b"));
    assertEquals(signature, secret.sign("a", 1, bytes("b")));
    assertNotEquals(signature, secret.sign("c", 1, bytes("b")));
    assertNotEquals(signature, secret.sign("a", 2, bytes("b")));
    assertNotEquals(signature, secret.sign("a", 1, bytes("b ")));
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 32, 64})
  @DisplayName("has 24 to 64 bytes")
  void takesEveryLength(int length) {
    String base64 = Base64.getEncoder().encodeToString(Samples.keyOf(length));
    Secret.parse(" whsec_" + base64 + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "whsec_", "whsec_!", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
        "whsec_MfKQ9r8GKYqrTwjUP*8ILPZIo2LaLaSw"
      })
  @DisplayName("is refused when it is none, without being shown")
  void refuses(String text) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> Secret.parse(text));
    assertFalse(text.length() > 20 && wrong.getMessage().contains(text.substring(10)));
    assertFalse(wrong.getMessage().contains("*"), "the offending character is of the secret");
    assertNull(wrong.getCause());
  }

  @Test
  @DisplayName("is refused when it is too long")
  void refusesLong() {
    String base64 = Base64.getEncoder().encodeToString(Samples.keyOf(65));
    assertThrows(IllegalArgumentException.class, () -> Secret.parse("whsec_" + base64));
  }

  @Test
  @DisplayName("is not printed")
  void hides() {
    assertEquals("whsec_(hidden)", Secret.parse(Samples.secret()).toString());
  }
}
