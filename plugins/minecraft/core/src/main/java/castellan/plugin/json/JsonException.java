package castellan.plugin.json;

/** A text is not JSON, or not the JSON that was expected. Its message never quotes the text. */
public final class JsonException extends Exception {
  /** @param message what is wrong, without anything that was in the text */
  public JsonException(String message) {
    super(message);
  }
}
