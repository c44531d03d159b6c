package castellan.plugin.api;

/**
 * What became of a code that was typed.
 *
 * @param verified whether the account now belongs to whoever typed it
 * @param message for the player, as the Game API words it; empty when it said nothing
 */
public record Verdict(boolean verified, String message) {}
