import { z } from 'zod';
import { sourceFromCommand, sourceWishSchema } from '../../src/config/guild/command-source';
import type { SourceRecord } from '../../src/db/announcements';
import { sourceAddress } from '../../src/discord/announcements/address';
import {
  sourceSetupAnswer,
  type SourceSetupOutcome,
} from '../../src/discord/views/source-setup-answer';
import { asksItself } from '../../src/discord/views/source-words';
import type { SourceChange, SourceSetupInput } from '../../workflows/source-setup/contract';
import type { Attempt } from '../attempt';
import { answer } from '../discord/answer';
import { channelWarnings } from './channel-warnings';
import type { SourceSetupDependencies } from './dependencies';
import { giveSecret, hasSecretOf } from './secret';

/** Carries out an administrator's change to the sources, and answers. */
export async function changeSource(
  deps: SourceSetupDependencies,
  input: SourceSetupInput,
  attempt: Attempt,
): Promise<void> {
  await tell(deps, input, await carryOut(deps, input, attempt), attempt);
}

/** Tells the person that the change could not be carried out in time. */
export async function tellSourceSetupFailed(
  deps: SourceSetupDependencies,
  input: SourceSetupInput,
  attempt: Attempt,
): Promise<void> {
  await tell(deps, input, { outcome: 'failed', reference: attempt.workflowId }, attempt);
}

async function tell(
  { discord, seal }: SourceSetupDependencies,
  { applicationId, sealedToken }: SourceSetupInput,
  outcome: SourceSetupOutcome,
  { signal }: Attempt,
): Promise<void> {
  const interactionToken = seal.open(sealedToken, z.string());
  await answer(discord, { applicationId, interactionToken }, sourceSetupAnswer(outcome), signal);
}

async function carryOut(
  deps: SourceSetupDependencies,
  input: SourceSetupInput,
  attempt: Attempt,
): Promise<SourceSetupOutcome> {
  const { guildId, userId, change } = input;
  const known = await deps.records.source(guildId, change.id);
  deps.log.info(
    { guild: guildId, user: userId, source: change.id, change: change.type },
    'sources',
  );
  switch (change.type) {
    case 'add':
      return add(deps, input, change, known, attempt);
    case 'edit':
      return edit(deps, guildId, change, known, attempt);
    case 'remove':
      return remove(deps, guildId, change.id, known, attempt);
    case 'rotate':
      return rotate(deps, input, change.id, known, attempt);
    case 'deliver-again':
      return deliverAgain(deps, input, change);
  }
}

type Put = Extract<SourceChange, { type: 'add' | 'edit' }>;

async function add(
  deps: SourceSetupDependencies,
  { guildId, interactionId }: SourceSetupInput,
  { id, sealedWish }: Put,
  known: SourceRecord | null,
  attempt: Attempt,
): Promise<SourceSetupOutcome> {
  if (known?.origin === 'file') return { outcome: 'in-file', id };
  // What is there from the second try on may be what the first one added; what has another secret is not.
  const added =
    attempt.number > 1 &&
    (known?.secrets.length === 0 || (known !== null && hasSecretOf(deps, known, interactionId)));
  if (known !== null && !added) return { outcome: 'exists', id };
  const guild = await deps.guilds.get(guildId);
  const wish = deps.seal.open(sealedWish, sourceWishSchema);
  const wanted = sourceFromCommand(id, wish, null, guild?.deskLogChannelId);
  if (!wanted.ok) return { outcome: 'invalid', reasons: wanted.reasons };
  const stored = await deps.records.putSource(guildId, wanted.settings);
  if (stored.outcome === 'in-file') return { outcome: 'in-file', id };
  const source = await deps.records.source(guildId, id);
  const given = source && (await giveSecret(deps, source, interactionId, attempt));
  if (source === null || given === null) return { outcome: 'unknown-source', id };
  await deps.tellKeeper({ guildId, sourceId: id });
  return {
    outcome: 'added',
    source: source.settings,
    address: sourceAddress(deps.publicUrl, guildId, source.settings),
    secret: given.secret,
    warnings: await channelWarnings(deps, guildId, source.settings, attempt.signal),
  };
}

async function edit(
  deps: SourceSetupDependencies,
  guildId: string,
  { id, sealedWish }: Put,
  known: SourceRecord | null,
  attempt: Attempt,
): Promise<SourceSetupOutcome> {
  if (known === null) return { outcome: 'unknown-source', id };
  if (known.origin === 'file') return { outcome: 'in-file', id };
  const wish = deps.seal.open(sealedWish, sourceWishSchema);
  const wanted = sourceFromCommand(id, wish, known.settings);
  if (!wanted.ok) return { outcome: 'invalid', reasons: wanted.reasons };
  const { settings } = wanted;
  const { outcome } = await deps.records.putSource(guildId, settings);
  if (outcome === 'in-file') return { outcome, id };
  await deps.tellKeeper({ guildId, sourceId: id });
  if (outcome === 'unchanged' && attempt.number === 1) return { outcome, id };
  const warnings = await channelWarnings(deps, guildId, settings, attempt.signal);
  return { outcome: 'changed', source: settings, warnings };
}

async function remove(
  deps: SourceSetupDependencies,
  guildId: string,
  id: string,
  known: SourceRecord | null,
  attempt: Attempt,
): Promise<SourceSetupOutcome> {
  const { outcome } = await deps.records.removeSource(guildId, id);
  if (outcome === 'in-file') return { outcome, id };
  if (outcome === 'unknown' && attempt.number === 1) return { outcome: 'unknown-source', id };
  await deps.tellKeeper({ guildId, sourceId: id });
  const tellService = known !== null && !asksItself(known.settings.origin);
  return { outcome: 'removed', id, tellService };
}

async function rotate(
  deps: SourceSetupDependencies,
  { guildId, interactionId }: SourceSetupInput,
  id: string,
  known: SourceRecord | null,
  attempt: Attempt,
): Promise<SourceSetupOutcome> {
  if (known === null) return { outcome: 'unknown-source', id };
  const { settings } = known;
  if (asksItself(settings.origin)) return { outcome: 'no-secret', id };
  const variables = settings.secretVariables;
  if (variables.length > 0) return { outcome: 'secret-in-environment', id, variables };
  const given = await giveSecret(deps, known, interactionId, attempt);
  if (given === null) return { outcome: 'unknown-source', id };
  await deps.tellKeeper({ guildId, sourceId: id });
  const address = sourceAddress(deps.publicUrl, guildId, settings);
  return { outcome: 'rotated', source: settings, address, ...given };
}

async function deliverAgain(
  { records, announce }: SourceSetupDependencies,
  { guildId, interactionId }: SourceSetupInput,
  { id, deliveryId }: Extract<SourceChange, { type: 'deliver-again' }>,
): Promise<SourceSetupOutcome> {
  const delivery = await records.delivery(guildId, id, deliveryId);
  if (delivery === null) return { outcome: 'unknown-delivery' };
  const { storageKey, bytes, receivedAt } = delivery;
  if (storageKey === null) return { outcome: 'erased' };
  await announce({
    guildId,
    sourceId: id,
    deliveryId,
    storageKey,
    bytes,
    receivedAt,
    again: interactionId,
  });
  return { outcome: 'delivering-again' };
}
