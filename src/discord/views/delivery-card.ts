import { ComponentType } from 'discord-api-types/v10';
import type { DeliveryRecord } from '../../db/announcements';
import { inline } from '../../domain/text';
import { deliveryName } from '../announcements/delivery-place';
import { deliverAgainId, deliveriesId } from '../announcements/ids';
import { answer, type Answer } from './answer';
import { button } from './source-card';
import { FATES } from './source-words';
import { counted, moment } from './time';

/** One delivery: what became of it and why, and whether it can be delivered again. */
export function deliveryCard(delivery: DeliveryRecord): Answer {
  const { sourceId, id, receivedAt, storageKey, reason } = delivery;
  const { emoji, words } = FATES[delivery.fate];
  const name = deliveryName(delivery);
  return answer('', {
    embeds: [
      {
        title: `A delivery of ${sourceId}`,
        description: [
          `${emoji} **${words.slice(0, 1).toUpperCase()}${words.slice(1)}**`,
          ...(reason === null ? [] : [inline(reason, { max: 1_000, empty: '…' })]),
          ...(storageKey === null
            ? ['It is kept no longer as it came, so it cannot be delivered again.']
            : []),
        ].join('\n'),
        color: 0x3498db,
        fields: [
          field('Came', moment(receivedAt)),
          field('Items', String(delivery.items)),
          field('Size', sizeWords(delivery.bytes)),
          ...(delivery.again === 0
            ? []
            : [field('Delivered again', counted(delivery.again, 'time'))]),
          { name: 'Id', value: inline(id, { max: 300, empty: '…' }) },
        ],
      },
    ],
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          ...(storageKey === null
            ? []
            : [button('Deliver again', deliverAgainId.encode({ id: sourceId, ...name }))]),
          button('Back to the list', deliveriesId.encode({ id: sourceId, at: null, skip: 0 })),
        ],
      },
    ],
  });
}

function field(name: string, value: string) {
  return { name, value, inline: true };
}

/** Bytes as people read them, such as `1.5 KiB`. */
function sizeWords(bytes: number): string {
  if (bytes < 1_024) return counted(bytes, 'byte');
  const kibibytes = bytes / 1_024;
  return kibibytes < 1_024
    ? `${kibibytes.toFixed(1)} KiB`
    : `${(kibibytes / 1_024).toFixed(1)} MiB`;
}
