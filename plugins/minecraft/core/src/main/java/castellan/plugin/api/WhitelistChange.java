package castellan.plugin.api;

import java.util.Optional;
import java.util.UUID;

/**
 * What is to be changed in this server's whitelist.
 *
 * @param id by which it is confirmed
 * @param sequence grows with every change of this server; the later change of a player holds
 * @param add whether the player is put on the list, or taken off it
 * @param name as it is in the game
 * @param uuid empty where no game server has told it yet
 */
public record WhitelistChange(
    String id, long sequence, boolean add, String name, Optional<UUID> uuid) {}
