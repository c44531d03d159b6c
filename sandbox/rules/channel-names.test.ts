import { describe, expect, it } from '@jest/globals';
import { ChannelType } from 'discord-api-types/v10';
import { channelName } from './channel-names';

describe('channelName', () => {
  it.each([
    ['Bug Reports!', 'bug-reports'],
    ['  Ticket   0042 ', 'ticket-0042'],
    ['🎫┃Tickets', '🎫┃tickets'],
    ['Größe_des_Ätna', 'größe_des_ätna'],
    ['a -- b', 'a-b'],
    ['#general', 'general'],
    ['?!', ''],
  ])('makes %j of a text channel %j', (asked, stored) => {
    expect(channelName(ChannelType.GuildText, asked)).toBe(stored);
  });

  it('leaves categories, voice channels and threads as they are', () => {
    for (const type of [
      ChannelType.GuildCategory,
      ChannelType.GuildVoice,
      ChannelType.PublicThread,
    ]) {
      expect(channelName(type, ' Open Tickets! ')).toBe('Open Tickets!');
    }
  });
});
