package castellan.plugin.report;

import castellan.plugin.Player;
import java.time.Instant;

/**
 * What a player reported in the game.
 *
 * @param sequence where it stands among this server's reports: requests overtake each other, and who
 *     receives them puts them in order by it
 * @param at when it was typed
 * @param reporter who typed it
 * @param reported the name that was given, as it was typed
 * @param reason what was given as the reason, as it was typed
 */
public record PlayerReport(
    long sequence, Instant at, Player reporter, String reported, String reason) {}
