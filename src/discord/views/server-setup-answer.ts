import type { APIEmbed } from 'discord-api-types/v10';
import type { CheckResult } from '../../domain/watching/check';
import type { MaintenanceWindow, ServerSettings } from '../../domain/watching/server';
import { inline } from '../../domain/text';
import { answer, type Answer } from './answer';
import { CAUSE_WORDS, SERVER_STATUS_FACES } from './server-status';
import { windowWords } from './maintenance-words';
import { duration } from './time';

/** What became of an administrator's change to the watched servers, or of a wish to be told. */
export type ServerSetupOutcome =
  /** `found`: what a probe of it said just now. */
  | {
      readonly outcome: 'added' | 'changed';
      readonly server: ServerSettings;
      readonly found: CheckResult;
    }
  | { readonly outcome: 'unchanged'; readonly server: ServerSettings }
  | { readonly outcome: 'removed'; readonly name: string }
  | {
      readonly outcome: 'maintenance-planned';
      readonly serverName: string;
      readonly window: MaintenanceWindow;
    }
  | { readonly outcome: 'maintenance-ended'; readonly serverName: string }
  | { readonly outcome: 'subscribed'; readonly serverName: string }
  /** Nobody needs to be told: no outage of it is going on. */
  | { readonly outcome: 'not-down'; readonly serverName: string }
  /** There is one by this id already. */
  | { readonly outcome: 'exists'; readonly id: string }
  | { readonly outcome: 'unknown-server'; readonly id: string }
  | { readonly outcome: 'unknown-window' }
  /** The configuration file defines it, so it is changed there. */
  | { readonly outcome: 'in-file'; readonly id: string }
  /** The settings do not go together; the reasons are ours, with or without a full stop. */
  | { readonly outcome: 'invalid'; readonly reasons: readonly string[] }
  | { readonly outcome: 'failed'; readonly reference: string };

/** The answer to whoever asked for the change: what happened and what to do next. */
export function serverSetupAnswer(result: ServerSetupOutcome): Answer {
  switch (result.outcome) {
    case 'added':
      return answer(`✅ ${named(result.server.name)} is watched from now on.`, {
        embeds: [found(result.server, result.found)],
      });
    case 'changed':
      return answer(`✅ ${named(result.server.name)} is changed.`, {
        embeds: [found(result.server, result.found)],
      });
    case 'unchanged':
      return answer(`${named(result.server.name)} is as it was: nothing of it was to be changed.`);
    case 'removed':
      return answer(
        `✅ ${named(result.name)} is watched no longer. Its history is kept; an outage that was going on has ended.`,
      );
    case 'maintenance-planned':
      return answer(
        `✅ Maintenance of ${named(result.serverName)} is planned: ${windowWords(result.window)}. Nobody is alarmed meanwhile, and it does not count in uptime. \`/server maintenance\` lists the windows and ends them.`,
      );
    case 'maintenance-ended':
      return answer(
        `✅ The maintenance of ${named(result.serverName)} is over. From the next check on it counts again.`,
      );
    case 'subscribed':
      return answer(
        `🔔 I will write to you when ${named(result.serverName)} is back. Please allow direct messages from members of this server, so that I can.`,
      );
    case 'not-down':
      return answer(
        `${named(result.serverName)} is not down at the moment, so there is nothing to wait for.`,
      );
    case 'exists':
      return answer(
        `There is already a server ${id(result.id)}. \`/server edit\` changes it; for another one choose another id.`,
      );
    case 'unknown-server':
      return answer(`There is no server ${id(result.id)} (any more). \`/servers\` shows all.`);
    case 'unknown-window':
      return answer(
        'This maintenance is not planned any more. `/server maintenance` lists what is.',
      );
    case 'in-file':
      return answer(
        `${id(result.id)} is defined in the configuration file, so it can be changed only there. Nothing was changed.`,
      );
    case 'invalid':
      return answer(
        `⚠️ That does not go together, and nothing was changed:\n${result.reasons
          .slice(0, 10)
          .map((reason) => `- ${inline(reason, { max: 300, empty: '…' })}`)
          .join('\n')}`,
      );
    case 'failed':
      return answer(
        `Something went wrong on our side. Please look at \`/servers\` whether it was done, and try again if not.\nReference: \`${inline(result.reference, { max: 100, empty: '…' })}\``,
      );
  }
}

function named(name: string): string {
  return `**${inline(name, { max: 80, empty: 'the server' })}**`;
}

function id(text: string): string {
  return `**${inline(text, { max: 80, empty: '…' })}**`;
}

/** What the probe found, and how the server is watched. */
function found(server: ServerSettings, result: CheckResult): APIEmbed {
  return {
    title: result.up ? '🟢 It answers' : '🔴 It does not answer now',
    description: result.up
      ? 'This is what the first check found.'
      : `The first check failed: ${CAUSE_WORDS[result.cause]}. It is watched all the same. If the address or the kind is wrong, change it with \`/server edit\`.`,
    color: SERVER_STATUS_FACES[result.up ? 'up' : 'down'].colour,
    fields: [
      ...(result.up ? answered(result) : []),
      field('Address', inline(addressOf(server), { max: 300, empty: '…' })),
      field('Asked as', KIND_WORDS[server.probe]),
      field('Every', duration(server.intervalMs)),
      field('Shown to users', server.isPublic ? 'yes' : 'no'),
    ],
  };
}

function answered(result: Extract<CheckResult, { up: true }>): APIEmbed['fields'] & object {
  const players =
    result.players === null
      ? []
      : [
          field(
            'Players',
            result.maxPlayers === null
              ? String(result.players)
              : `${result.players}/${result.maxPlayers}`,
          ),
        ];
  return [
    ...players,
    field('Answers in', `${Math.round(result.latencyMs)} ms`),
    ...(result.version === null
      ? []
      : [field('Version', inline(result.version, { max: 120, empty: '…' }))]),
    ...(result.motd === null
      ? []
      : [{ name: 'Calls itself', value: inline(result.motd, { max: 300, empty: '…' }) }]),
  ];
}

function field(name: string, value: string) {
  return { name, value, inline: true };
}

/** What each kind of probe asks. */
export const KIND_WORDS: Readonly<Record<ServerSettings['probe'], string>> = {
  java: 'Minecraft: Java Edition',
  bedrock: 'Minecraft: Bedrock Edition',
  query: 'Query (GameSpy 4)',
  tcp: 'TCP connection',
  rcon: 'RCON command',
  http: 'Web page',
};

/** Host and port as people write them. */
export function addressOf({ address, port }: Pick<ServerSettings, 'address' | 'port'>): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
