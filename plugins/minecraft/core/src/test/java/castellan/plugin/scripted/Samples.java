package castellan.plugin.scripted;

import java.util.Base64;
import java.util.stream.IntStream;

/** What tests use in common, without a class of what they test. */
public final class Samples {
  private static final byte[] KEY = keyOf(32);

  private Samples() {}

  public static byte[] key() {
    return KEY.clone();
  }

  /** The same key as a secret. */
  public static String secret() {
    return "whsec_" + Base64.getEncoder().encodeToString(KEY);
  }

  /** A key of so many bytes. */
  public static byte[] keyOf(int length) {
    byte[] key = new byte[length];
    IntStream.range(0, length).forEach(at -> key[at] = (byte) (at * 7 + 1));
    return key;
  }
}
