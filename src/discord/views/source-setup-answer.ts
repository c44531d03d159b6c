import type { APIEmbed } from 'discord-api-types/v10';
import type { Origin, SourceSettings } from '../../domain/announcements/settings';
import { codeBlock, inline } from '../../domain/text';
import { isLocal } from '../announcements/address';
import { answer, type Answer } from './answer';
import { setUpSteps } from './source-guide';
import {
  asksItself,
  literal,
  named,
  originWords,
  PROVIDER_WORDS,
  routeWords,
} from './source-words';
import { moment } from './time';

/** What became of an administrator's change to the sources. */
export type SourceSetupOutcome =
  | {
      readonly outcome: 'added';
      readonly source: SourceSettings;
      readonly address: string;
      readonly secret: string;
      /** What is wrong with its channels, as sentences. */
      readonly warnings: readonly string[];
    }
  | {
      readonly outcome: 'changed';
      readonly source: SourceSettings;
      readonly warnings: readonly string[];
    }
  | { readonly outcome: 'unchanged'; readonly id: string }
  /** `tellService`: its service still sends, and has to be told. */
  | { readonly outcome: 'removed'; readonly id: string; readonly tellService: boolean }
  | {
      readonly outcome: 'rotated';
      readonly source: SourceSettings;
      readonly address: string;
      readonly secret: string;
      /** Until when the one before it is valid, in milliseconds since the epoch; `null`: there was none. */
      readonly othersUntil: number | null;
    }
  | { readonly outcome: 'delivering-again' }
  /** It is kept no longer. */
  | { readonly outcome: 'erased' }
  | { readonly outcome: 'unknown-delivery' }
  /** There is one by this word already. */
  | { readonly outcome: 'exists'; readonly id: string }
  | { readonly outcome: 'unknown-source'; readonly id: string }
  /** The configuration file defines it, so it is changed there. */
  | { readonly outcome: 'in-file'; readonly id: string }
  /** Environment variables hold its secrets, so they are exchanged there. */
  | {
      readonly outcome: 'secret-in-environment';
      readonly id: string;
      readonly variables: readonly string[];
    }
  /** Nobody enters its secret anywhere. */
  | { readonly outcome: 'no-secret'; readonly id: string }
  /** The settings do not go together; the reasons are ours, with or without a full stop. */
  | { readonly outcome: 'invalid'; readonly reasons: readonly string[] }
  | { readonly outcome: 'failed'; readonly reference: string };

/** The answer to whoever asked for the change: what happened and what to do next. */
export function sourceSetupAnswer(result: SourceSetupOutcome): Answer {
  switch (result.outcome) {
    case 'added':
      return added(result);
    case 'changed':
      return answer(`✅ ${named(result.source.id)} is changed.`, {
        embeds: [settingsEmbed(result.source, result.warnings)],
      });
    case 'unchanged':
      return answer(`${named(result.id)} is as it was: nothing of it was to be changed.`);
    case 'removed':
      return answer(
        `✅ ${named(result.id)} is removed. What was posted stays.${result.tellService ? ' Remove the webhook at its service as well, else its deliveries fail there.' : ''}`,
      );
    case 'rotated':
      return rotated(result);
    case 'delivering-again':
      return answer(
        `✅ It is delivered again. **Last deliveries** shows what becomes of it: what is posted already is not posted twice, only brought up to date.`,
      );
    case 'erased':
      return answer(
        'What was delivered is kept no longer, so it cannot be delivered again. Most services can send it once more from their own list of deliveries.',
      );
    case 'unknown-delivery':
      return answer(
        'There is no such delivery (any more). `/announce list` leads to all that are.',
      );
    case 'exists':
      return answer(
        `There is already a source ${named(result.id)}. \`/announce edit\` changes it; for another one choose another word.`,
      );
    case 'unknown-source':
      return answer(
        `There is no source ${named(result.id)} (any more). \`/announce list\` shows all.`,
      );
    case 'in-file':
      return answer(
        `${named(result.id)} is defined in the configuration file, so it can be changed only there. Nothing was changed.`,
      );
    case 'secret-in-environment':
      return answer(
        `The secret of ${named(result.id)} is in ${result.variables
          .slice(0, 4)
          .map(literal)
          .join(
            ' and ',
          )} of the web server’s environment, so it is exchanged there. Nothing was changed.`,
      );
    case 'no-secret':
      return answer(
        `${named(result.id)} needs no secret from you: I subscribe to its news myself. Nothing was changed.`,
      );
    case 'invalid':
      return answer(
        `⚠️ That does not go together, and nothing was changed:\n${result.reasons
          .slice(0, 6)
          .map((reason) => `- ${inline(reason, { max: 300, empty: '…' })}`)
          .join('\n')}`,
      );
    case 'failed':
      return answer(
        `Something went wrong on our side. Please look at \`/announce list\` whether it was done, and try again if not. If it was and you have not seen its secret, **New secret** makes another one.\nReference: ${literal(result.reference)}`,
      );
  }
}

function added({
  source,
  address,
  secret,
  warnings,
}: Extract<SourceSetupOutcome, { outcome: 'added' }>): Answer {
  const { id, origin } = source;
  if (asksItself(origin)) {
    return answer(
      `✅ ${named(id)} is added. Nothing is to be entered anywhere: I subscribe to its news myself, and look at its feed as well. What is there already is not announced.`,
      { embeds: [settingsEmbed(source, [...warnings, ...hubWarnings(address)])] },
    );
  }
  return answer(
    [
      `✅ ${named(id)} is added. Now ${serviceOf(origin)} has to know where to send its news, as the steps below say.`,
      ...credentials(address, secret),
    ].join('\n'),
    {
      embeds: [stepsEmbed(origin), settingsEmbed(source, [...warnings, ...localWarnings(address)])],
    },
  );
}

function rotated({
  source: { id, origin },
  address,
  secret,
  othersUntil,
}: Extract<SourceSetupOutcome, { outcome: 'rotated' }>): Answer {
  const before =
    othersUntil === null
      ? ''
      : ` The one before it is valid until ${moment(othersUntil)}; enter the new one by then.`;
  return answer(
    [`✅ ${named(id)} has a new secret.${before}`, ...credentials(address, secret)].join('\n'),
    { embeds: [stepsEmbed(origin)] },
  );
}

/** The secret stands here and nowhere else. */
function credentials(address: string, secret: string): string[] {
  return [
    '**Address**',
    codeBlock(address, { max: 1_000 }),
    '**Secret**, shown only this once',
    codeBlock(secret, { max: 200 }),
  ];
}

function stepsEmbed(origin: Origin): APIEmbed {
  const steps = setUpSteps(origin);
  return {
    title: `What to do at ${PROVIDER_WORDS[origin.provider]}`,
    description: steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    color: 0x3498db,
  };
}

function settingsEmbed(source: SourceSettings, warnings: readonly string[]): APIEmbed {
  return {
    title: source.id,
    description: [
      `${originWords(source.origin)}.`,
      ...source.routes.slice(0, 3).map(routeWords),
    ].join('\n'),
    color: warnings.length === 0 ? 0x2ecc71 : 0xe67e22,
    fields: [
      ...warnings.slice(0, 5).map((warning) => ({ name: '⚠️ Please look', value: warning })),
      {
        name: 'And more',
        value:
          '`/announce test` shows what its posts look like, `/announce edit` changes it. Further routes and filters, words of your own, quiet hours and tags are set in the configuration file.',
      },
    ],
  };
}

function localWarnings(address: string): string[] {
  return isLocal(address)
    ? [
        'This address is reached only from the machine or network that I run on, so that no service can send to it. Whoever runs me sets `PUBLIC_URL` to an address that is reached from outside.',
      ]
    : [];
}

function hubWarnings(address: string): string[] {
  return isLocal(address)
    ? [
        'I cannot be reached from outside, so that no hub can send me the news at once: I look at the feed from time to time. Whoever runs me sets `PUBLIC_URL` to an address that is reached from outside.',
      ]
    : [];
}

const serviceOf = ({ provider }: Pick<Origin, 'provider'>): string =>
  provider === 'generic' ? 'the service' : PROVIDER_WORDS[provider];
