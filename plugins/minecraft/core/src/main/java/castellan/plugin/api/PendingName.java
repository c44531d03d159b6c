package castellan.plugin.api;

import java.time.Instant;

/**
 * A name that somebody registers at the moment.
 *
 * @param name as it is in the game
 * @param endsAt when the code is worth nothing any more
 */
public record PendingName(String name, Instant endsAt) {}
