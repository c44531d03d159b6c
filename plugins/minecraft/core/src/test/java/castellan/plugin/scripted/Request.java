package castellan.plugin.scripted;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request as it came.
 *
 * @param path with its query
 * @param headers by lower-case name
 */
public record Request(String method, String path, Map<String, String> headers, String body) {
  public String id() {
    return headers.get("webhook-id");
  }

  /** Whether it is signed with a key, by a computation that is not the one under test. */
  public boolean isSignedWith(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed = id() + "." + headers.get("webhook-timestamp") + "." + body;
    byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return headers
        .get("webhook-signature")
        .equals("v1," + Base64.getEncoder().encodeToString(expected));
  }
}
