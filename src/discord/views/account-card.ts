import {
  ButtonStyle,
  ComponentType,
  TextInputStyle,
  type APIButtonComponentWithCustomId,
  type APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type { AccountHistoryEntry } from '../../db/registration';
import type { Account } from '../../domain/registration/account';
import { inline, label } from '../../domain/text';
import {
  accountHistoryId,
  lookupId,
  REASON_FIELD,
  unlinkId,
  unlinkReasonId,
} from '../accounts/ids';
import { answer, type Answer } from './answer';
import { EDITION_WORDS, playerWords } from './registration-words';
import { dateTime } from './time';

/** Lines of about 420 characters at most: they stay below the 4,096 of an embed's description. */
export const ACCOUNT_HISTORY_PAGE = 6;

/** A reason is quoted in messages of 2,000 characters. */
export const REASON_MAX = 500;

/** An account with its history, for staff. */
export interface AccountCardView {
  readonly account: Account;
  /** A page of it, the newest first. */
  readonly history: readonly AccountHistoryEntry[];
  /** Where the page begins: entries with smaller ids than this; `null`: the newest ones. */
  readonly before: number | null;
  /** Where the following page begins; `null`: this is the last one. */
  readonly next: number | null;
}

/** One account, whose it is, and what became of it. */
export function accountCard(view: AccountCardView): Answer {
  const { account, history } = view;
  const field = (name: string, value: string) => ({ name, value, inline: true });
  return answer('', {
    embeds: [
      {
        title: accountTitle(account),
        color: 0x3498db,
        fields: [
          field('Belongs to', `<@${account.userId}>${account.primary ? ' ⭐ primary' : ''}`),
          field('Edition', EDITION_WORDS[account.edition]),
          field('Since', dateTime(account.linkedAt)),
          field(
            'How',
            account.linkedBy === null ? 'proved with a code' : `linked by <@${account.linkedBy}>`,
          ),
          field('UUID', inline(account.uuid ?? 'not known yet', { max: 60, empty: '…' })),
        ],
      },
      {
        title: 'History',
        description: history.length === 0 ? 'Nothing more.' : history.map(historyLine).join('\n'),
        color: 0x3498db,
      },
    ],
    components: [{ type: ComponentType.ActionRow, components: buttons(view) }],
  });
}

function accountTitle({ name }: Account): string {
  return inline(name, { max: 100, empty: 'Account' });
}

function buttons({ account, before, next }: AccountCardView): APIButtonComponentWithCustomId[] {
  const button = (words: string, custom_id: string): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: words,
    custom_id,
  });
  const accountKey = account.key;
  return [
    {
      ...button('Unlink …', unlinkId.encode({ accountKey })),
      style: ButtonStyle.Danger,
    },
    button(
      'All of this member',
      lookupId.encode({ userId: account.userId, prefix: null, after: null }),
    ),
    ...(before === null
      ? []
      : [button('⏮ Newest', accountHistoryId.encode({ accountKey, before: null }))]),
    ...(next === null
      ? []
      : [button('Older ▶', accountHistoryId.encode({ accountKey, before: next }))]),
  ];
}

const linked = z.object({ proven: z.boolean() });
const unlinked = z.object({ cause: z.enum(['user', 'staff', 'left', 'banned', 'expired']) });
const renamed = z.object({ from: z.string(), to: z.string() });
const identified = z.object({ uuid: z.string() });

/** A line of an account's history: when, who, what, with which words. */
function historyLine(entry: AccountHistoryEntry): string {
  const note = entry.note === null ? '' : `\n> ${inline(entry.note, { max: 200, empty: '…' })}`;
  return `${dateTime(entry.at)} ${deed(entry)}${note}`;
}

function deed({ type, data, actorId, userId }: AccountHistoryEntry): string {
  const who = actorId === null ? 'somebody' : `<@${actorId}>`;
  switch (type) {
    case 'linked':
      return linked.safeParse(data).data?.proven === false
        ? `${who} linked it to <@${userId}>`
        : `<@${userId}> proved with a code that it is theirs`;
    case 'unlinked':
      return taken(who, userId, data);
    case 'renamed': {
      const names = renamed.safeParse(data).data;
      return names === undefined
        ? 'its name changed'
        : `its name changed from ${playerWords(names.from)} to ${playerWords(names.to)}`;
    }
    case 'identified': {
      const uuid = identified.safeParse(data).data?.uuid;
      return uuid === undefined
        ? 'seen in the game'
        : `seen in the game as ${inline(uuid, { max: 60, empty: '…' })}`;
    }
    case 'made-primary':
      return `became the primary account of <@${userId}>`;
  }
}

function taken(who: string, userId: string, data: AccountHistoryEntry['data']): string {
  switch (unlinked.safeParse(data).data?.cause) {
    case 'user':
      return `<@${userId}> gave it up`;
    case 'left':
      return `taken from <@${userId}>, who left`;
    case 'banned':
      return `taken from <@${userId}>, who was banned`;
    case 'expired':
      return `taken from <@${userId}>, because it had expired`;
    case 'staff':
    case undefined:
      return `${who} took it from <@${userId}>`;
  }
}

/** The form that asks staff why an account is taken away, which also makes sure that the click was meant. */
export function unlinkForm(account: Account): APIModalInteractionResponseCallbackData {
  return {
    custom_id: unlinkReasonId.encode({ accountKey: account.key }),
    title: label(`Unlink ${account.name}`, { max: 45, empty: 'Unlink an account' }),
    components: [
      {
        type: ComponentType.Label,
        label: 'Reason',
        description:
          'The account goes, also off every whitelist. The team reads the reason; the member does not.',
        component: {
          type: ComponentType.TextInput,
          custom_id: REASON_FIELD,
          style: TextInputStyle.Paragraph,
          required: true,
          min_length: 3,
          max_length: REASON_MAX,
        },
      },
    ],
  };
}
