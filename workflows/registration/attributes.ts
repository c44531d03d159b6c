import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { isOver } from '../../src/domain/registration/decide';
import type { RegistrationState } from '../../src/domain/registration/registration';
import { searchAttributes } from '../../src/temporal/search-attributes';
import type { RegistrationInput } from './contract';

/**
 * Brings the search attributes in step with the registration, with one upsert for all that differs: each is an
 * Action. What lasts for a moment is not worth one.
 */
export function showAttributes({ guildId }: RegistrationInput, state: RegistrationState): void {
  const shown = workflowInfo().typedSearchAttributes;
  const wanted: SearchAttributeUpdatePair[] = [
    { key: searchAttributes.guild, value: guildId },
    { key: searchAttributes.kind, value: 'registration' },
    { key: searchAttributes.status, value: isOver(state) ? state.status : 'waiting' },
  ];
  const pairs = wanted.filter(({ key, value }) => (shown.get(key) ?? null) !== value);
  if (pairs.length > 0) upsertSearchAttributes(pairs);
}
