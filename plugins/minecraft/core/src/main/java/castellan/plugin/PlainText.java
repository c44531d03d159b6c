package castellan.plugin;

/** Makes text that came from outside harmless for a chat and for a log. */
public final class PlainText {
  private PlainText() {}

  /**
   * @param most so many characters are left at most
   * @return the text without formatting codes, control characters, line breaks, and the marks that
   *     turn the direction of what follows
   */
  public static String of(String text, int most) {
    StringBuilder plain = new StringBuilder();
    text.codePoints().limit(4L * most).forEach(point -> append(point, plain));
    String shown = plain.toString().strip();
    if (shown.codePointCount(0, shown.length()) <= most) return shown;
    return shown.substring(0, shown.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static void append(int point, StringBuilder plain) {
    switch (Character.getType(point)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          plain.append(' ');
      // FORMAT has the marks that turn the direction.
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> {}
      default -> {
        // The section sign begins Minecraft's formatting codes.
        if (point != '§') plain.appendCodePoint(point);
      }
    }
  }
}
