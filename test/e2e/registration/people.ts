import type { RegistrationSettings } from '../../../src/config/guild/resolved-registration';
import { DEFAULT_THRESHOLDS, type ServerSettings } from '../../../src/domain/watching/server';
import type { Driver, InteractionHandle, Person, SeenMessage } from '../../../sandbox';

/** As a guild configures it that changes nothing. */
export const REGISTRATION: RegistrationSettings = {
  timeoutMs: 600_000,
  code: 'letters',
  mostAttempts: 5,
  lockMs: 3_600_000,
  mostCodes: 3,
  mostAccounts: 3,
  editions: ['java'],
  bedrockPrefix: '.',
  roleId: null,
  nickname: false,
  fallbackChannelId: null,
  logChannelId: null,
  onLeave: 'keep',
  onBan: 'keep',
  whitelist: [],
};

/** A server that takes part; it is watched once a day, since other tests are about that. */
export function gameServer(id: string, name: string): ServerSettings {
  return {
    ...{ id, name, host: id },
    probe: 'java',
    address: '127.0.0.1',
    port: 1,
    intervalMs: 86_400_000,
    timeoutMs: 1_000,
    thresholds: DEFAULT_THRESHOLDS,
    allowInternal: true,
    isPublic: true,
    channels: [],
    maintenance: [],
    expectStatus: null,
    rcon: null,
  };
}

/** @returns lets somebody new, without any role, join the guild */
export function newcomers(driver: () => Driver): () => Promise<Person> {
  let count = 0;
  return () => {
    count += 1;
    return driver().addPerson(`newcomer${count}`);
  };
}

/** The code that a message shows; empty: none. */
export function codeIn({ content }: Pick<SeenMessage, 'content'>): string {
  return /```\n([0-9A-Z]{4}-[0-9A-Z]{4})\n```/.exec(content)?.[1] ?? '';
}

/** What somebody sees who asked for a code. */
export interface Registering {
  readonly asked: InteractionHandle;
  readonly code: string;
  /** The id of the message with the code. */
  readonly id: string;
}

/** Asks for a code, and waits for it. */
export async function register(person: Person, name: string): Promise<Registering> {
  const asked = await person.runCommand('register', { name });
  const shown = await asked.settled((message) => codeIn(message) !== '');
  return { asked, code: codeIn(shown), id: shown.id };
}

/** What the guild shows of a member. */
export async function membership(driver: Driver, { id }: Person) {
  const { members } = await driver.guild();
  const { nick, roles } = members.find((member) => member.id === id) ?? {};
  return { nick, roles };
}
