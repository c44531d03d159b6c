import { describe, expect, it } from '@jest/globals';
import {
  checkBan,
  checkBulkDelete,
  checkMemberEdit,
  checkRole,
  checkWebhookAuthor,
  checkWebhookCreate,
  checkWebhookEdit,
} from './guild';
import { refusal } from './refusal';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const DAY = 24 * 3_600_000;

describe('roles, members, webhooks and deletions', () => {
  it('takes a role without a body, and refuses what does not fit', () => {
    expect(
      refusal(() => {
        checkRole(undefined);
      }),
    ).toEqual([]);
    expect(
      refusal(() => {
        checkRole({ name: 'x'.repeat(101), color: 0x1000000, permissions: 'all', hoist: 1 });
      }),
    ).toEqual([
      'name: BASE_TYPE_BAD_LENGTH',
      'permissions: NUMBER_TYPE_COERCE',
      'color: NUMBER_TYPE_MAX',
      'hoist: BOOLEAN_TYPE_CONVERT',
    ]);
  });

  it('lets a time-out last 28 days at most', () => {
    const until = (ms: number): string[] =>
      refusal(() => {
        const time = new Date(NOW + ms).toISOString();
        checkMemberEdit({ communication_disabled_until: time }, NOW);
      });
    expect(until(28 * DAY)).toEqual([]);
    expect(until(28 * DAY + 1)).toEqual([
      'communication_disabled_until: INVALID_COMMUNICATION_DISABLED_TIMESTAMP',
    ]);
    expect(
      refusal(() => {
        checkMemberEdit({ nick: 'x'.repeat(33) }, NOW);
      }),
    ).toEqual(['nick: BASE_TYPE_MAX_LENGTH']);
  });

  it('keeps Discord’s own names from webhooks', () => {
    expect(
      refusal(() => {
        checkWebhookCreate({ name: 'Castellan' });
      }),
    ).toEqual([]);
    expect(
      refusal(() => {
        checkWebhookCreate({});
      }),
    ).toEqual(['name: BASE_TYPE_REQUIRED']);
    expect(
      refusal(() => {
        checkWebhookEdit({ name: 'My Discord' });
      }),
    ).toEqual(['name: USERNAME_INVALID_CONTAINS']);
    expect(
      refusal(() => {
        checkWebhookAuthor({ username: 'Clyde', avatar_url: 'https://example.org/a.png' });
      }),
    ).toEqual(['username: USERNAME_INVALID_CONTAINS']);
    expect(
      refusal(() => {
        checkWebhookAuthor({ content: 'Hello' });
      }),
    ).toEqual([]);
  });

  it('wants ids of messages and seconds within a week', () => {
    expect(
      refusal(() => {
        checkBulkDelete({});
      }),
    ).toEqual(['messages: BASE_TYPE_REQUIRED']);
    expect(
      refusal(() => {
        checkBulkDelete({ messages: ['x'] });
      }),
    ).toEqual(['messages.0: NUMBER_TYPE_COERCE']);
    expect(
      refusal(() => {
        checkBan({ delete_message_seconds: 604_801 });
      }),
    ).toEqual(['delete_message_seconds: NUMBER_TYPE_MAX']);
  });
});
