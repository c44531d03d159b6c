package castellan.plugin.api;

import castellan.plugin.json.Json;
import castellan.plugin.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What came back for one request.
 *
 * @param status HTTP's
 * @param retryAfter how long the sender is asked to wait, if it is
 * @param clockOff how far this machine's clock is ahead of the other's, if it said the time;
 *     negative when it is behind
 * @param body as it came
 */
record Answer(int status, Optional<Duration> retryAfter, Optional<Duration> clockOff, byte[] body) {
  /** @throws JsonException when the body is not JSON in UTF-8 */
  Json json() throws JsonException {
    try {
      // Unlike new String(), the decoder refuses what is not UTF-8.
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return Json.parse(decoder.decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      throw new JsonException("not JSON: it is not UTF-8");
    }
  }
}
