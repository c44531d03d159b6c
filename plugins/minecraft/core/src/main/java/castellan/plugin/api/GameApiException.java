package castellan.plugin.api;

import java.time.Duration;
import java.util.Optional;

/** The Game API gave no answer that can be used. Its message is for the server's log. */
public final class GameApiException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why there was none. */
  public enum Reason {
    /** It cannot be reached, or is not well now. Later it may be. */
    UNAVAILABLE,
    /** It was asked too often. */
    TOO_OFTEN,
    /** It does not accept this server's signature: the secret, the id or the clock is wrong. */
    NOT_ACCEPTED,
    /** What came is no answer of the Game API. */
    NOT_UNDERSTOOD
  }

  private final Reason reason;
  // An Optional is no field that can be serialized.
  private final Duration retryAfter;

  /**
   * @param message without a code, a secret, or anything that the other side said
   * @param retryAfter how long the other side asked to wait
   */
  public GameApiException(
      Reason reason, String message, Optional<Duration> retryAfter, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = retryAfter.orElse(null);
  }

  public Reason reason() {
    return reason;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
