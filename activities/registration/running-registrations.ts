import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { RegistrationRow } from '../../src/db/registration';
import type { Edition } from '../../src/domain/registration/account';
import { sameName } from '../../src/domain/registration/name';
import { cancelRegistration } from '../../workflows/registration/contract';
import type { RegistrationDependencies } from './dependencies';

/** More than anybody registers at the same time. */
const MOST = 50;

/**
 * Registrations of a user that are going on.
 *
 * @param of those of one name, or those that were begun by an instant
 */
export async function runningRegistrations(
  { records }: Pick<RegistrationDependencies, 'records'>,
  guildId: string,
  userId: string,
  of: { readonly edition: Edition | null; readonly name: string } | { readonly begunBy: number },
): Promise<readonly RegistrationRow[]> {
  const { rows } = await records.registrations({ guildId, userId, open: true, limit: MOST });
  return rows.filter(({ edition, name, startedAt }) =>
    'begunBy' in of
      ? startedAt <= of.begunBy
      : (of.edition === null || of.edition === edition) && sameName(edition, name, of.name),
  );
}

/** Ends a registration; one that is over by now stays as it is. */
export async function endRegistration(
  { workflows }: Pick<RegistrationDependencies, 'workflows'>,
  { registrationId, startedAt }: RegistrationRow,
): Promise<void> {
  try {
    await workflows
      .getHandle(registrationId)
      .executeUpdate(cancelRegistration, { updateId: `end-${startedAt}` });
  } catch (error) {
    const isOver =
      error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError;
    if (!isOver) throw error;
  }
}
