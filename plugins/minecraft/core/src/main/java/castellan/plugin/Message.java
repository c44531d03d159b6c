package castellan.plugin;

import java.util.Objects;

/**
 * What a player is told, as plain text.
 *
 * @param tone what the server's own colours are chosen by
 * @param text holds no formatting, no line break and no control character, whoever worded it
 */
public record Message(Tone tone, String text) {
  /** Longer than any message of the Game API, and short enough for the chat. */
  private static final int LONGEST = 300;

  /** What kind of news it is. */
  public enum Tone {
    INFO,
    SUCCESS,
    FAILURE
  }

  public Message {
    Objects.requireNonNull(tone);
    text = PlainText.of(text, LONGEST);
  }

  public static Message info(String text) {
    return new Message(Tone.INFO, text);
  }

  public static Message success(String text) {
    return new Message(Tone.SUCCESS, text);
  }

  public static Message failure(String text) {
    return new Message(Tone.FAILURE, text);
  }
}
