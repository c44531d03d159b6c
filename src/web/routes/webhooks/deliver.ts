import type { Context } from 'koa';
import type { Malformed } from '../../../domain/announcements/delivery';
import { deliveryKey, packDelivery } from '../../../storage/deliveries';
import { comeAgain, isAway, tooMany } from '../../come-again';
import type { BodyRoom } from '../../limits/body-room';
import type { TokenBuckets } from '../../limits/token-buckets';
import { ProblemError } from '../../problem';
import { rawBody } from '../../raw-body';
import { keptOf } from '../../sources/kept';
import type { Refusal, SourceRequest } from '../../sources/source';
import { WorkflowsUnreachable } from '../../temporal/unreachable';
import type { ConfiguredSource } from '../../webhooks/configured-sources';
import type { Refusals } from './refusals';
import type { WebhookApi } from './webhooks';

export interface DeliverDependencies extends WebhookApi {
  readonly rates: TokenBuckets;
  readonly room: BodyRoom;
  readonly refusals: Refusals;
  /** Hears what is away. */
  readonly onAway: (error: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The storage of deliveries cannot be written. */
class StorageAway extends Error {}

/** The delivery is kept, and its workflow starts as soon as Temporal can be reached. */
class StartsLater extends Error {}

/**
 * Takes a delivery: verified, kept, its workflow started, answered; in this order, so that what was accepted
 * is never lost. Where Temporal cannot be reached it is lost neither: many services never try again.
 *
 * @param address what stands in the address
 * @throws ProblemError as the contract says, section 7
 */
export async function deliver(
  context: Context,
  address: { readonly provider?: string | undefined; readonly source?: string | undefined },
  dependencies: DeliverDependencies,
): Promise<void> {
  try {
    await take(context, address, dependencies);
  } catch (error) {
    const startsLater = error instanceof StartsLater;
    if (!startsLater && !isAway(error) && !(error instanceof StorageAway)) throw error;
    dependencies.onAway(error);
    throw comeAgain(context, {
      detail: startsLater
        ? 'Temporal cannot be reached. The delivery is kept, and taken up once it can be; sending the same again does no harm.'
        : 'The delivery cannot be taken at the moment. Send the same again.',
      cause: error,
    });
  }
}

async function take(
  context: Context,
  address: { readonly provider?: string | undefined; readonly source?: string | undefined },
  dependencies: DeliverDependencies,
): Promise<void> {
  const { rates, room, refusals, announcements, now } = dependencies;
  const configured = await configuredAt(address, dependencies);
  const { source, secrets } = configured;
  const place = { guildId: source.guildId, sourceId: source.id };
  const body = await rawBody(context, { most: source.limit, types: source.contentTypes, room });
  const { headers } = context.req;
  const request: SourceRequest = { method: 'POST', headers, query: context.query, body };

  const verdict = source.verify(request, secrets(now()), now());
  if (verdict.verdict !== 'verified') {
    refusals.note(place, verdict.reason);
    if (verdict.verdict === 'refused') throw unauthorized(context, verdict.reason);
    // A hub is not told that it signs wrong: W3C WebSub, section 7.1.
    context.status = 204;
    return;
  }
  const ms = rates.take(`${source.guildId}/${source.id}`);
  if (ms > 0) {
    throw tooMany(context, ms, 'This source delivers too much. Send it again after Retry-After.');
  }

  const delivery = source.parse(request);
  if (delivery.result === 'malformed') {
    refusals.note(place, 'malformed');
    throw malformed(delivery);
  }
  if (delivery.result === 'challenge') {
    context.type = delivery.answer.contentType;
    context.body = delivery.answer.body;
    return;
  }
  if (delivery.result === 'revocation') {
    await announcements.revoked(place, { reason: delivery.reason, at: now() });
    context.status = 204;
    return;
  }
  context.body = { delivery: await keep(configured, request, dependencies) };
  context.status = 202;
}

/** @throws ProblemError 404; DatabaseUnavailable */
export async function configuredAt(
  address: { readonly provider?: string | undefined; readonly source?: string | undefined },
  { sources }: Pick<DeliverDependencies, 'sources'>,
): Promise<ConfiguredSource> {
  const configured = await sources.find(address.source ?? '');
  if (configured?.source.provider === address.provider && configured !== null) return configured;
  throw new ProblemError({
    status: 404,
    detail:
      'There is no such source. /announce list shows administrators the addresses of all sources.',
  });
}

/** @returns the delivery's id @throws StartsLater, StorageAway */
async function keep(
  { source }: ConfiguredSource,
  request: SourceRequest,
  { storage, announcements, waiting, now }: DeliverDependencies,
): Promise<string> {
  const deliveryId = source.deliveryId(request);
  const receivedAt = now();
  const place = { guildId: source.guildId, sourceId: source.id };
  const storageKey = deliveryKey(place, deliveryId, receivedAt);
  const bytes = packDelivery(keptOf(source, request));
  await written(storage.put(storageKey, bytes, { contentType: 'application/octet-stream' }));
  const delivery = {
    ...{ ...place, deliveryId, storageKey, receivedAt },
    bytes: request.body.length,
  };
  try {
    await announcements.announce(delivery);
  } catch (cause) {
    if (!(cause instanceof WorkflowsUnreachable)) throw cause;
    await written(waiting.add(delivery));
    throw new StartsLater('The workflow of a delivery starts later.', { cause });
  }
  return deliveryId;
}

/** @throws StorageAway */
async function written(writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (cause) {
    throw new StorageAway('A delivery could not be kept.', { cause });
  }
}

const REFUSED: Readonly<Record<Refusal, string>> = {
  unsigned:
    'The request has no signature or token in the form that this source’s service sends. Give the service the secret of the source.',
  'wrong-signature':
    'The signature or token is not made with a secret of this source. Give the service its present secret.',
  'too-old':
    'The signature is right, but its time is too long ago. Set the sender’s clock, and sign every request anew.',
  'too-new':
    'The signature is right, but its time is ahead of ours (the header Date). Set the sender’s clock.',
};

function unauthorized(context: Context, reason: Refusal): ProblemError {
  // RFC 9110, section 11.6.1: an answer 401 says how to authenticate.
  context.set('WWW-Authenticate', 'Webhook');
  return new ProblemError({ status: 401, detail: REFUSED[reason] });
}

const malformed = ({ field, problem, example }: Malformed): ProblemError =>
  new ProblemError({
    status: 400,
    detail: problem,
    extension: { parameter: field, example },
  });
