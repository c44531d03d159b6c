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
    String canonical = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    boolean possible = canonical.matches("[0-9]{6}|[0-9A-Z]{8}");
    return possible ? Optional.of(new Code(canonical)) : Optional.empty();
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
