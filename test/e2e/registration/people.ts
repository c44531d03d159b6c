import type { RegistrationSettings } from '../../../src/config/guild/resolved-registration';
import type { InteractionHandle, Person, SeenMessage } from '../../../sandbox';

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
