import { describe, expect, it } from '@jest/globals';
import { ChannelType } from 'discord-api-types/v10';
import {
  checkChannelCreate,
  checkChannelEdit,
  checkOverwriteEdit,
  checkThreadCreate,
  checkThreadEdit,
} from './channels';
import { refusal } from './refusal';

const create = (body: unknown): string[] =>
  refusal(() => {
    checkChannelCreate(body);
  });

describe('guild channels', () => {
  it('wants a name of 1 to 100 characters of which something is left', () => {
    expect(create({ name: 'ticket-0001', topic: 'x'.repeat(1_024) })).toEqual([]);
    expect(create({})).toEqual(['name: BASE_TYPE_REQUIRED']);
    expect(create({ name: 'x'.repeat(101) })).toEqual(['name: BASE_TYPE_BAD_LENGTH']);
    expect(create({ name: '???' })).toEqual(['name: BASE_TYPE_REQUIRED']);
    expect(create({ name: '???', type: ChannelType.GuildCategory })).toEqual([]);
  });

  it('allows longer topics in forums', () => {
    const topic = 'x'.repeat(1_025);
    expect(create({ name: 'a', topic })).toEqual(['topic: BASE_TYPE_MAX_LENGTH']);
    expect(create({ name: 'a', topic, type: ChannelType.GuildForum })).toEqual([]);
  });

  it('refuses kinds that a guild cannot have and overwrites without an id', () => {
    expect(create({ name: 'a', type: ChannelType.DM })).toEqual(['type: BASE_TYPE_CHOICES']);
    expect(create({ name: 'a', permission_overwrites: [{ type: 2, allow: 'all' }] })).toEqual([
      'permission_overwrites.0.id: BASE_TYPE_REQUIRED',
      'permission_overwrites.0.type: BASE_TYPE_CHOICES',
      'permission_overwrites.0.allow: NUMBER_TYPE_COERCE',
    ]);
  });

  it('lets an edit leave the name alone but not take it away', () => {
    const edit = (body: unknown): string[] =>
      refusal(() => {
        checkChannelEdit(body, ChannelType.GuildText);
      });
    expect(edit({ topic: null })).toEqual([]);
    expect(edit({ name: null })).toEqual(['name: BASE_TYPE_REQUIRED']);
    expect(edit({ rate_limit_per_user: 21_601 })).toEqual(['rate_limit_per_user: NUMBER_TYPE_MAX']);
  });
});

describe('threads and overwrites', () => {
  it('knows the durations after which a thread may be archived', () => {
    const thread = (body: unknown): string[] =>
      refusal(() => {
        checkThreadCreate(body);
      });
    expect(thread({ name: 'a', auto_archive_duration: 1_440 })).toEqual([]);
    expect(thread({ name: 'a', auto_archive_duration: 5 })).toEqual([
      'auto_archive_duration: BASE_TYPE_CHOICES',
    ]);
    expect(
      refusal(() => {
        checkThreadEdit({ archived: 'yes' });
      }),
    ).toEqual(['archived: BOOLEAN_TYPE_CONVERT']);
  });

  it('wants the type of an overwrite', () => {
    expect(
      refusal(() => {
        checkOverwriteEdit({ allow: '1024' });
      }),
    ).toEqual(['type: BASE_TYPE_REQUIRED']);
    expect(
      refusal(() => {
        checkOverwriteEdit({ type: 0, deny: '1024' });
      }),
    ).toEqual([]);
  });
});
