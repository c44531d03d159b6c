import type { MirrorRecord } from '../../src/db/mirrors';
import { mirrorKey } from '../../src/domain/mirrors/settings';
import { inline } from '../../src/domain/text';
import { neededToCopyInto } from '../../src/discord/rights/needs';
import { permissionName, type Permission } from '../../src/discord/rights/permission';
import { answer } from '../../src/discord/views/answer';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { MirrorDependencies } from './dependencies';

/** What only a person can mend. */
export type Trouble =
  'cannot-read' | 'cannot-write' | 'cannot-make-webhook' | 'too-many-webhooks' | 'no-content';

/** Nothing of this stream can be copied until somebody did something. */
export class Blocked extends Error {
  constructor(readonly trouble: Trouble) {
    super(`A mirror is blocked: ${trouble}.`);
    this.name = 'Blocked';
  }
}

/** Tells the staff of the guild that defined the mirror, once for as long as the trouble lasts. */
export async function tellTrouble(
  deps: MirrorDependencies,
  mirror: MirrorRecord,
  trouble: Trouble,
  attempt: Attempt,
): Promise<void> {
  const { guildId, settings } = mirror;
  deps.log.warn({ guild: guildId, mirror: settings.id, trouble }, 'a mirror is blocked');
  const channelId = (await deps.guilds.get(guildId))?.deskLogChannelId ?? null;
  if (mirror.told.includes(trouble)) return;
  try {
    if (channelId !== null) {
      const body = answer(words(mirror, trouble));
      const key = `${mirrorKey(guildId, settings.id)}.${trouble}`;
      const message = { channelId, body, key, since: attempt.now - 10 * 60_000 };
      // Another try may have told it and died before it could note that.
      await postOnce(deps.discord, await deps.botId(), message, { ...attempt, number: 2 });
    }
  } catch (error) {
    if (!isLasting(error)) throw error;
    deps.log.warn({ guild: guildId, code: error.code }, 'the desk log cannot be written');
  }
  await deps.records.told(guildId, settings.id, trouble);
}

function words({ settings }: MirrorRecord, trouble: Trouble): string {
  const name = inline(settings.id, { max: 40 });
  const { fromChannelId: from, to } = settings;
  const why = WORDS[trouble](`<#${from}>`, `<#${to.channelId}>`, neededToCopyInto(settings));
  return `⚠️ Mirror **${name}** is held up: ${why} Nothing is lost: what was written meanwhile is copied in order when that is done.`;
}

type Words = (from: string, to: string, toCopy: readonly Permission[]) => string;

const WORDS: Readonly<Record<Trouble, Words>> = {
  'cannot-read': (from) =>
    `I may not read ${from}. Give me *View Channel* and *Read Message History* there, or remove the mirror with \`/mirror remove\`.`,
  'cannot-write': (_, to, toCopy) =>
    `I may not write in ${to}, or it is gone. Give me ${toCopy.map((one) => `*${permissionName(one)}*`).join(', ')} there, or remove the mirror with \`/mirror remove\`.`,
  'cannot-make-webhook': (_, to) =>
    `I may not make a webhook in ${to}. Give me *Manage Webhooks* there, or choose the plain style.`,
  'too-many-webhooks': (_, to) =>
    `${to} has as many webhooks as Discord allows (15). Remove one that nobody needs, or choose the plain style.`,
  'no-content': (from) =>
    `Discord does not show me what is written in ${from}. Switch the *Message Content Intent* on for this application in Discord's developer portal (Bot, Privileged Gateway Intents).`,
};
