import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { cancelRegistrationId, newCodeId } from '../accounts/ids';
import { answer, type Answer } from './answer';
import { accountWords, playerWords, serverWords, type NamedAccount } from './registration-words';
import { counted, duration, relative } from './time';

/** How a code is typed on a server. */
export type CodePlace = { readonly serverName: string } & (
  | { readonly adapter: 'plugin' | 'log' }
  /** The scoreboard's objective that players trigger with the digits. */
  | { readonly adapter: 'rcon'; readonly objective: string }
);

/** A code, for the only eyes that may see it. */
export interface CodeView {
  readonly account: NamedAccount;
  /** In clear, as it is shown to a person. It goes into this answer and nowhere else. */
  readonly code: string;
  /** Where it can be typed; one or more. */
  readonly places: readonly CodePlace[];
  readonly endsAt: number;
  readonly attemptsLeft: number;
  /** For how long the name is locked after those. */
  readonly lockMs: number;
  /** New codes that can still be asked for. */
  readonly codesLeft: number;
}

/** The ephemeral answer with the code: where to type it, until when, and what the buttons do. */
export function codeAnswer(view: CodeView): Answer {
  const { account, code, endsAt, attemptsLeft, lockMs } = view;
  return answer(
    [
      `🔑 This code proves that ${accountWords(account)} is yours:`,
      `\`\`\`\n${code}\n\`\`\``,
      `Join as ${playerWords(account.name)} and type it in the game. It is good until ${relative(endsAt)}.`,
      ...ways(view),
      'Only you see this. Type it nowhere but in the game: nobody of the team will ever ask you for it.',
      `-# After ${counted(attemptsLeft, 'wrong code')} the name is locked for you for ${duration(lockMs)}. A new code makes this one worthless.`,
    ].join('\n'),
    { components: [{ type: ComponentType.ActionRow, components: buttons(view) }] },
  );
}

/** What a code's message says once a newer one is shown in another message: the old code is gone. */
export function codeReplacedAnswer(account: NamedAccount): Answer {
  return answer(
    `This code for ${accountWords(account)} is no longer good: you have asked for a newer one. Type that one.`,
  );
}

/** One line for each way to type it, with the servers where it is that way. */
function ways({ code, places }: CodeView): string[] {
  const byWay = new Map<string, string[]>();
  for (const place of places) {
    const way = wayOf(place, code);
    byWay.set(way, [...(byWay.get(way) ?? []), place.serverName]);
  }
  return [...byWay].map(([way, names]) => `- on ${serverWords(names)}: ${way}`);
}

function wayOf(place: CodePlace, code: string): string {
  switch (place.adapter) {
    case 'plugin':
      return `\`/verify ${code}\``;
    case 'rcon':
      return `\`/trigger ${place.objective} set ${code}\``;
    case 'log':
      return `say \`${code}\` in the chat`;
  }
}

function buttons({ account, codesLeft }: CodeView) {
  return [
    {
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      label: 'New code',
      emoji: { name: '🔁' },
      custom_id: newCodeId.encode(account),
      disabled: codesLeft <= 0,
    },
    {
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      label: 'Cancel',
      custom_id: cancelRegistrationId.encode(account),
    },
  ];
}
