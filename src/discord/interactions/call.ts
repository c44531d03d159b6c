import type {
  APIChatInputApplicationCommandInteraction,
  APIInteractionGuildMember,
  APIMessageComponentInteraction,
  APIModalSubmitInteraction,
  APIApplicationCommandAutocompleteInteraction,
} from 'discord-api-types/v10';
import type { GuildConfiguration } from '../../config/guild/resolved';
import type { AnnouncementReader } from '../../db/announcements';
import type { CaseReader } from '../../db/cases';
import type { MirrorReader } from '../../db/mirrors';
import type { RegistrationReader } from '../../db/registration';
import type { WatchReader } from '../../db/watching';
import type { Actor } from '../../domain/cases/case';
import type { Logger } from '../../observability/logger';
import type { Seal } from '../../temporal/seal';
import type { Desk } from '../desk/desk';
import { actorOf } from '../guilds/actor';
import type { GuildDirectory } from '../guilds/directory';
import type { Responder } from './responder';

/** What the answers to interactions are made from. */
export interface Parts {
  readonly desk: Desk;
  /** Reading only: the bot writes no records. */
  readonly cases: CaseReader;
  readonly watching: Pick<
    WatchReader,
    | 'servers'
    | 'uptime'
    | 'series'
    | 'incidents'
    | 'incident'
    | 'incidentByNumber'
    | 'incidentEvents'
  >;
  readonly accounts: Pick<
    RegistrationReader,
    'accountsOf' | 'accounts' | 'account' | 'accountsByName' | 'accountEvents' | 'registrations'
  >;
  readonly mirrors: Pick<MirrorReader, 'mirrorsOf' | 'mirror'>;
  readonly announcements: Pick<AnnouncementReader, 'sources' | 'source' | 'deliveries'>;
  /** Where the web server is reached from outside. */
  readonly publicUrl: string;
  readonly guilds: Pick<GuildDirectory, 'get'>;
  readonly seal: Seal;
  readonly log: Logger;
  /** Runs on after the interaction was handed over; ends early when the bot stops. */
  readonly afterwards: (work: (signal: AbortSignal) => Promise<void>) => void;
}

export type AnyInteraction =
  | APIChatInputApplicationCommandInteraction
  | APIApplicationCommandAutocompleteInteraction
  | APIMessageComponentInteraction
  | APIModalSubmitInteraction;

/** One interaction of a member of a guild, with what is needed to answer it. */
export interface Call<Interaction extends AnyInteraction = AnyInteraction> {
  readonly interaction: Interaction;
  readonly guildId: string;
  readonly member: APIInteractionGuildMember;
  readonly respond: Responder;
  readonly parts: Parts;
  /** What the person can tell the staff; it stands in the log. */
  readonly reference: string;
}

/** The guild's configuration. @throws ConfigurationUnavailable */
export function configurationOf(call: Call): Promise<GuildConfiguration | null> {
  return call.parts.guilds.get(call.guildId);
}

/** The person with the rights that roles and permissions give. @throws ConfigurationUnavailable */
export async function personOf(call: Call): Promise<Actor> {
  const configuration = await configurationOf(call);
  return actorOf(call.member.user.id, call.member, configuration);
}

/** The name by which the guild knows the person. */
export function displayNameOf({ member }: Call): string {
  return member.nick ?? member.user.global_name ?? member.user.username;
}
