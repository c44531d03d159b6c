import type { Call } from './call';

/** Who asks for something that a worker does and answers: the interaction must have been deferred. */
export function askerOf({ interaction, parts, guildId, member }: Call) {
  return {
    guildId,
    userId: member.user.id,
    applicationId: interaction.application_id,
    /** The interaction's token, sealed. */
    sealedToken: parts.seal.seal(interaction.token),
  };
}
