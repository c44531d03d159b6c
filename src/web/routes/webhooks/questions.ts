import type { Context } from 'koa';
import { readSourceKey } from '../../../../workflows/announcement/contract';
import type { AnnouncementReader, SubscriptionReader } from '../../../db/announcements';
import { comeAgain, isAway } from '../../come-again';
import { ProblemError } from '../../problem';
import { isProvider, sources } from '../../sources/sources';
import { hubQuestion } from '../../sources/websub';
import type { Announcements, SourcePlace } from '../../webhooks/announcements';

export interface QuestionDependencies {
  readonly reader: Pick<AnnouncementReader, 'source'> & SubscriptionReader;
  readonly announcements: Pick<Announcements, 'hubAsked' | 'revoked'>;
  /** Hears what is away. */
  readonly onAway: (error: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Answers a hub that asks whether a subscription is wanted (W3C WebSub, section 5.3). Nobody signs such a
 * question: it is confirmed only if the records expect it, read at this moment, since hubs ask at once.
 *
 * @param address what stands in the address
 * @throws ProblemError as the contract says, section 7
 */
export async function answerQuestion(
  context: Context,
  address: { readonly provider?: string | undefined; readonly source?: string | undefined },
  dependencies: QuestionDependencies,
): Promise<void> {
  try {
    await answer(context, address, dependencies);
  } catch (error) {
    if (!isAway(error)) throw error;
    dependencies.onAway(error);
    throw comeAgain(context, {
      detail: 'The question cannot be answered at the moment. Ask again.',
      cause: error,
    });
  }
}

async function answer(
  context: Context,
  address: { readonly provider?: string | undefined; readonly source?: string | undefined },
  dependencies: QuestionDependencies,
): Promise<void> {
  const { provider = '' } = address;
  const place = readSourceKey(address.source ?? '');
  if (!isProvider(provider) || place === null) throw notWanted();
  if (!sources[provider].asked) {
    context.set('Allow', 'POST');
    throw new ProblemError({ status: 405, detail: 'Nobody asks a source of this kind.' });
  }
  const topic = context.query['hub.topic'];
  const expected = await expectedOf(place, provider, typeof topic === 'string' ? topic : '', {
    ...dependencies,
  });
  const { announcements, now } = dependencies;
  const { headers } = context.req;
  const request = { method: 'GET', headers, query: context.query, body: Buffer.alloc(0) } as const;
  const question = hubQuestion(request, () => expected.length > 0);
  switch (question.result) {
    case 'malformed':
      throw new ProblemError({
        status: 400,
        detail: question.problem,
        extension: { parameter: question.field, example: question.example },
      });
    case 'revocation':
      if (!expected.includes('subscribe')) throw notWanted();
      await announcements.revoked(place, { reason: question.reason, at: now() });
      context.status = 200;
      context.body = '';
      return;
    case 'challenge': {
      const { act, leaseSeconds } = question.subscription;
      if (!expected.includes(act)) throw notWanted();
      // Whoever ended a subscription asks for nothing more; its keeper may be gone.
      if (act === 'subscribe')
        await announcements.hubAsked(place, { act, leaseSeconds, at: now() });
      context.type = question.answer.contentType;
      context.body = question.answer.body;
      return;
    }
    default:
      throw notWanted();
  }
}

/** What a hub may ask about this topic. */
async function expectedOf(
  place: SourcePlace,
  provider: string,
  topic: string,
  { reader }: Pick<QuestionDependencies, 'reader'>,
): Promise<readonly ('subscribe' | 'unsubscribe')[]> {
  const record = await reader.source(place.guildId, place.sourceId);
  const subscription = record?.subscription;
  const isAsked =
    record?.settings.origin.provider === provider &&
    subscription?.topic === topic &&
    (subscription.state === 'active' ||
      (subscription.state === 'asked' && subscription.askedAt !== null));
  if (isAsked) return ['subscribe'];
  return (await reader.endedAt(place, topic)) === null ? [] : ['unsubscribe'];
}

const notWanted = (): ProblemError =>
  new ProblemError({ status: 404, detail: 'No such subscription is wanted.' });
