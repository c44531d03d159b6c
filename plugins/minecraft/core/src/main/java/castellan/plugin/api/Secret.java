package castellan.plugin.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A game server's secret, with which its requests are signed by Standard Webhooks 1.0.0.
 *
 * <p>It is never printed: {@link #toString} hides it.
 */
public final class Secret {
  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";

  /** In bytes: Standard Webhooks 1.0.0, "Signature scheme". */
  private static final int LEAST = 24;

  private static final int MOST = 64;

  private final SecretKeySpec key;

  private Secret(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
  }

  /**
   * Reads a secret as it is handed out.
   *
   * @param text {@code whsec_} and the base64 of 24 to 64 bytes
   * @throws IllegalArgumentException when it is something else; the message does not show it
   */
  public static Secret parse(String text) {
    String trimmed = text.trim();
    if (!trimmed.startsWith(PREFIX)) {
      throw new IllegalArgumentException("it must begin with " + PREFIX);
    }
    byte[] key = decode(trimmed.substring(PREFIX.length()));
    if (key.length < LEAST || key.length > MOST) {
      throw new IllegalArgumentException(
          "what follows " + PREFIX + " must be the base64 of 24 to 64 bytes");
    }
    return new Secret(key);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // Its own message, and so its cause, would show characters of the secret.
      throw new IllegalArgumentException("what follows " + PREFIX + " must be base64");
    }
  }

  /**
   * Signs one sending of a message.
   *
   * @param id the message's, the same however often it is sent
   * @param timestamp when it is sent this time, in seconds since the epoch
   * @param body exactly the bytes that are sent; empty where there is no body
   * @return what the header {@code webhook-signature} holds
   */
  public String sign(String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      // Every Java platform has HMAC-SHA256 (see the class Mac).
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "(hidden)";
  }
}
