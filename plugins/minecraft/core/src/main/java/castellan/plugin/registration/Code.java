package castellan.plugin.registration;

import java.util.Locale;
import java.util.Optional;

/**
 * A code as somebody typed it, and so a secret until it is used.
 *
 * <p>It is never printed: {@link #toString} hides it.
 */
final class Code {
  private final String canonical;

  private Code(String canonical) {
    this.canonical = canonical;
  }

  /**
   * Reads what was typed, whatever its case, spaces and hyphens.
   *
   * @return empty when it cannot be a code: those have eight letters and digits, or six digits. Such
   *     a slip is told at once, and costs no attempt.
   */
  static Optional<Code> read(String typed) {
    String together = typed.replaceAll("[\\s-]", "");
    // Looked at before the case is changed: there are other letters that become A to Z by it.
    if (!together.matches("[0-9]{6}|[0-9A-Za-z]{8}")) return Optional.empty();
    return Optional.of(new Code(together.toUpperCase(Locale.ROOT)));
  }

  /** For the request that carries it, and nothing else. */
  String reveal() {
    return canonical;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
