import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { RegistrationRow } from '../../db/registration';
import type { Account } from '../../domain/registration/account';
import { inline, label } from '../../domain/text';
import {
  lookupId,
  lookupPickId,
  ownAccountsId,
  primaryId,
  type AccountFilter,
} from '../accounts/ids';
import { answer, type ActionRow, type Answer } from './answer';
import { pageButtons } from './page-buttons';
import { accountLabel, accountWords } from './registration-words';
import { counted, relative } from './time';

/** Lines of about 200 characters at most: they stay far below the 4,096 of an embed's description. */
export const ACCOUNTS_PAGE = 10;

/** One page of somebody's own accounts. */
export interface OwnAccountsView {
  /** Those of this page, the primary one first of all. */
  readonly accounts: readonly Account[];
  /** Registrations that wait for their code; shown on the first page. */
  readonly registrations: readonly RegistrationRow[];
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
  /** On all pages. */
  readonly count: number;
  /** How many one may have; `null`: nobody can register here (any more). */
  readonly most: number | null;
}

/**
 * One's own accounts, with a menu to make another one the primary one.
 *
 * @param notice what the last click did, or why it did not
 */
export function ownAccountsAnswer(view: OwnAccountsView, notice = ''): Answer {
  const waiting = view.page === 0 ? view.registrations : [];
  if (view.count === 0 && waiting.length === 0) {
    const none =
      view.most === null
        ? 'You have no accounts here, and accounts cannot be registered here at the moment.'
        : 'You have no accounts here yet. `/register` proves that one is yours.';
    return answer(notice === '' ? none : `${notice}\n${none}`);
  }
  return answer(notice, {
    embeds: [
      {
        title: 'Your accounts',
        description: [...view.accounts.map(ownLine), ...waiting.map(waitingLine)].join('\n'),
        color: 0x3498db,
        footer: { text: footer(view) },
      },
    ],
    components: [
      ...primaryMenu(view.accounts),
      ...pageButtons(view, (page) => ownAccountsId.encode({ page })),
    ],
  });
}

function ownLine(account: Account): string {
  const star = account.primary ? '⭐ ' : '';
  const by = account.linkedBy === null ? 'registered' : 'linked by the team';
  return `${star}${accountWords(account)} · ${by} ${relative(account.linkedAt)}`;
}

function waitingLine(registration: RegistrationRow): string {
  const until = registration.endsAt === null ? '' : ` · until ${relative(registration.endsAt)}`;
  return `⏳ ${accountWords(registration)} · waits for its code${until}`;
}

function footer({ accounts, count, most, page, pages }: OwnAccountsView): string {
  const of = most === null || count > most ? '' : ` of at most ${most}`;
  return [
    `${counted(count, 'account')}${of}`,
    ...(accounts.some(({ primary }) => primary) ? ['⭐ is your primary account'] : []),
    ...(pages > 1 ? [`page ${page + 1} of ${pages}`] : []),
  ].join(' · ');
}

function primaryMenu(accounts: readonly Account[]): ActionRow[] {
  const others = accounts.filter(({ primary }) => !primary);
  if (others.length === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: primaryId.encode({}),
          placeholder: 'Make another account your primary one',
          options: others.map((account) => ({
            label: accountLabel(account),
            value: String(account.key),
          })),
        },
      ],
    },
  ];
}

/** One page of everybody's accounts, for staff, in the order of the names. */
export interface LookupView {
  readonly accounts: readonly Account[];
  readonly filter: AccountFilter;
  /** Where this page begins: after the account with this key; `null`: at the first one. */
  readonly after: number | null;
  /** Where the following page begins; `null`: this is the last one. */
  readonly next: number | null;
}

/** The accounts that staff asked for, with a menu to look at one. */
export function lookupAnswer(view: LookupView): Answer {
  const { accounts, filter, after } = view;
  if (accounts.length === 0) {
    const none =
      after === null ? `No account matches: ${filterWords(filter)}.` : 'No more accounts.';
    return answer(none, { components: turningOn(view) });
  }
  return answer('', {
    embeds: [
      {
        title: 'Accounts',
        description: accounts.map(lookupLine).join('\n'),
        color: 0x3498db,
        footer: { text: label(`Shown: ${filterLabel(filter)}`, { max: 200 }) },
      },
    ],
    components: [lookupMenu(accounts), ...turningOn(view)],
  });
}

function lookupLine(account: Account): string {
  const star = account.primary ? ' ⭐' : '';
  const by = account.linkedBy === null ? 'registered' : `linked by <@${account.linkedBy}>`;
  return `${accountWords(account)} · <@${account.userId}>${star} · ${by} ${relative(account.linkedAt)}`;
}

function lookupMenu(accounts: readonly Account[]): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: lookupPickId.encode({}),
        placeholder: 'Pick an account to see more',
        options: accounts.map((account) => ({
          label: accountLabel(account),
          value: String(account.key),
        })),
      },
    ],
  };
}

function turningOn({ filter, after, next }: LookupView): ActionRow[] {
  if (after === null && next === null) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: '⏮ First',
          custom_id: lookupId.encode({ ...filter, after: null }),
          disabled: after === null,
        },
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: 'More ▶',
          custom_id: lookupId.encode({ ...filter, after: next ?? 0 }),
          disabled: next === null,
        },
      ],
    },
  ];
}

function filterWords({ userId, prefix }: AccountFilter): string {
  const parts = [
    ...(userId === null ? [] : [`of <@${userId}>`]),
    ...(prefix === null
      ? []
      : [`names that begin with “${inline(prefix, { max: 60, empty: '…' })}”`]),
  ];
  return parts.length === 0 ? 'all accounts' : parts.join(', ');
}

/** The same where Discord shows neither markup nor mentions. */
function filterLabel({ userId, prefix }: AccountFilter): string {
  const parts = [
    ...(userId === null ? [] : ['of one member']),
    ...(prefix === null ? [] : [`names that begin with “${prefix}”`]),
  ];
  return parts.length === 0 ? 'all accounts' : parts.join(', ');
}
