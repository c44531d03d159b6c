import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import type { Account, Edition } from '../../domain/registration/account';
import { EDITIONS } from '../../domain/registration/account';
import { label } from '../../domain/text';
import { configurationOf, type Call } from '../interactions/call';
import type { CommandInput } from '../interactions/options';
import { accountLabel } from '../views/registration-words';
import { PREFIX_MAX } from './ids';

/** Completions of names, and how what was picked is read again. */

/** As many completions as Discord shows. */
const MOST = 25;

/** An account by name; `edition` is `null` where it was typed and not picked. */
export interface TypedAccount {
  readonly edition: Edition | null;
  readonly name: string;
}

/** What was picked has the edition before the name; a colon is in no name. */
export function readTypedAccount(text: string): TypedAccount {
  const [, edition, name] = /^(java|bedrock):(.*)$/s.exec(text.trim()) ?? [];
  const known = EDITIONS.find((one) => one === edition);
  return known === undefined || name === undefined
    ? { edition: null, name: text.trim() }
    : { edition: known, name };
}

/** One's own accounts, and names whose registration is under way. */
export async function completeOwnAccount(
  call: Call,
  { focused }: CommandInput,
): Promise<APIApplicationCommandOptionChoice[]> {
  const typed = (focused?.value ?? '').trim().toLowerCase();
  const userId = call.member.user.id;
  const { accounts } = call.parts;
  const [own, { rows }] = await Promise.all([
    accounts.accountsOf(call.guildId, userId),
    accounts.registrations({ guildId: call.guildId, userId, open: true, limit: MOST }),
  ]);
  const names = [
    ...own.map((account) => ({ account, under: '' })),
    ...rows.map((account) => ({ account, under: ' · is being registered' })),
  ];
  return names
    .filter(({ account }) => account.name.toLowerCase().includes(typed))
    .slice(0, MOST)
    .map(({ account, under }) => ({
      name: label(`${accountLabel(account)}${under}`, { max: 100 }),
      value: `${account.edition}:${account.name}`,
    }));
}

/** What was picked of everybody's accounts is a key; a number sign is in no name. */
export function readAccountKey(text: string): number | null {
  const [, digits] = /^#(\d{1,15})$/.exec(text.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** How the names begin that somebody looks for, short enough for a button. */
export function readPrefix(text: string | null): string | null {
  const prefix = Array.from(text?.trim() ?? '')
    .slice(0, PREFIX_MAX)
    .join('');
  return prefix === '' ? null : prefix;
}

/** Everybody's accounts whose names begin so, for staff. */
export async function completeAnyAccount(
  call: Call,
  { focused }: CommandInput,
): Promise<APIApplicationCommandOptionChoice[]> {
  const prefix = readPrefix(focused?.value ?? null);
  const { rows } = await call.parts.accounts.accounts({
    guildId: call.guildId,
    limit: MOST,
    ...(prefix !== null && { prefix }),
  });
  return rows.map((account) => ({ name: accountLabel(account), value: `#${account.key}` }));
}

/** The accounts that somebody may mean by what they picked or typed. @throws DatabaseUnavailable */
export async function accountsMeant(call: Call, text: string): Promise<readonly Account[]> {
  const { accounts } = call.parts;
  const key = readAccountKey(text);
  if (key !== null) {
    const account = await accounts.account(call.guildId, key);
    return account === null ? [] : [account];
  }
  const { edition, name } = readTypedAccount(text);
  const found = await Promise.all(
    (edition === null ? EDITIONS : [edition]).map((one) =>
      accounts.accountsByName(call.guildId, one, name),
    ),
  );
  return found.flat();
}

/** The servers whose whitelist is kept. */
export async function completeWhitelisted(
  call: Call,
  { focused }: CommandInput,
): Promise<APIApplicationCommandOptionChoice[]> {
  const typed = (focused?.value ?? '').trim().toLowerCase();
  const configuration = await configurationOf(call);
  const kept = configuration?.registration?.whitelist ?? [];
  return (configuration?.servers ?? [])
    .filter(({ id }) => kept.includes(id))
    .filter(({ id, name }) => `${name}\n${id}`.toLowerCase().includes(typed))
    .slice(0, MOST)
    .map(({ id, name }) => ({ name: label(name, { max: 100, empty: id }), value: id }));
}
