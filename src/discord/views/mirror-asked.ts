import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
} from 'discord-api-types/v10';
import type { MirrorSettings } from '../../domain/mirrors/settings';
import { inline } from '../../domain/text';
import { mirrorAnswerId } from '../mirrors/ids';
import { answer, type ActionRow, type Answer } from './answer';

/** Tells the staff of a guild that another one wishes to copy messages into it. */
export function mirrorAskedNotice({
  guildId,
  guildName,
  settings,
}: {
  readonly guildId: string;
  readonly guildName: string;
  readonly settings: MirrorSettings;
}): Answer {
  const server = inline(guildName, { max: 100, empty: 'Another server' });
  const name = inline(settings.id, { max: 40 });
  return answer(
    `🪞 **${server}** wishes to copy the messages of one of its channels into <#${settings.to.channelId}> (mirror **${name}**). Nothing is copied unless an administrator of this server agrees; \`/mirror list\` shows it as well.`,
    { components: [answerButtons(guildId, settings.id)] },
  );
}

/** Agree and refuse. */
export function answerButtons(fromGuildId: string, mirrorId: string, name?: string): ActionRow {
  const of = name === undefined ? '' : ` “${name}”`;
  const button = (
    given: 'agree' | 'refuse',
    label: string,
    style: APIButtonComponentWithCustomId['style'],
  ): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    style,
    label,
    custom_id: mirrorAnswerId.encode({ fromGuildId, mirrorId, answer: given }),
  });
  return {
    type: ComponentType.ActionRow,
    components: [
      button('agree', `Agree${of}`, ButtonStyle.Success),
      button('refuse', `Refuse${of}`, ButtonStyle.Secondary),
    ],
  };
}
