import { CASE_STATUSES, type CaseStatus } from '../../domain/cases/case';
import type { QueueFilter, QueueStatus } from '../ids';
import type { Call } from '../interactions/call';
import type { Answer } from '../views/answer';
import { ownListAnswer, PAGE_SIZE, queueAnswer } from '../views/case-list';

/** Cases that still need somebody. */
const ACTIVE: readonly CaseStatus[] = [
  'opening',
  'open',
  'claimed',
  'resolved',
  'closing',
  'reopening',
];

/** A page of the staff's queue. @throws DatabaseUnavailable */
export async function queuePage(
  call: Call,
  filter: QueueFilter,
  before: number | null,
): Promise<Answer> {
  const { cases, next } = await call.parts.cases.list({
    guildId: call.guildId,
    limit: PAGE_SIZE,
    ...(filter.kind !== null && { kind: filter.kind }),
    ...statuses(filter.status),
    ...(filter.categoryId !== null && { categoryId: filter.categoryId }),
    ...(filter.assigneeId !== null && { assigneeId: filter.assigneeId }),
    ...(before !== null && { before }),
  });
  return queueAnswer({ cases, before, next }, filter);
}

/** A page of the person's own tickets. @throws DatabaseUnavailable */
export async function ownPage(call: Call, before: number | null): Promise<Answer> {
  const { cases, next } = await call.parts.cases.list({
    guildId: call.guildId,
    openerId: call.member.user.id,
    kind: 'ticket',
    limit: PAGE_SIZE,
    ...(before !== null && { before }),
  });
  return ownListAnswer({ cases, before, next });
}

function statuses(status: QueueStatus): { status?: readonly CaseStatus[] } {
  if (status === 'all') return {};
  return { status: status === 'active' ? ACTIVE : [status] };
}

/** Reads the option of `/staff queue`; what Discord would not have offered counts as not given. */
export function queueStatus(text: string | null): QueueStatus {
  if (text === 'all') return 'all';
  return CASE_STATUSES.find((status) => status === text) ?? 'active';
}
