/** A case was to be opened in a guild that has no row: its configuration was never applied. */
export class UnknownGuild extends Error {
  readonly code = 'unknown-guild';

  constructor(readonly guildId: string) {
    super(`The guild ${guildId} is not set up: apply a configuration that contains it.`);
    this.name = 'UnknownGuild';
  }
}

/** Something was to be recorded for a case that was never accepted. */
export class UnknownCase extends Error {
  readonly code = 'unknown-case';

  constructor(readonly caseId: string) {
    super(`There is no case ${caseId}: it was never accepted, or it was erased.`);
    this.name = 'UnknownCase';
  }
}

/** A late try wants to give a case a channel, but the case has gone on without it. */
export class OutdatedChannel extends Error {
  readonly code = 'outdated-channel';

  constructor(
    readonly caseId: string,
    readonly channelId: string,
  ) {
    super(`The case ${caseId} no longer waits for a channel, and ${channelId} is not its own.`);
    this.name = 'OutdatedChannel';
  }
}
