import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { DeliveryRecord } from '../../db/announcements';
import { inline, label } from '../../domain/text';
import { deliveryValue } from '../announcements/delivery-place';
import {
  deliveriesId,
  deliveryPickId,
  sourceCardId,
  type DeliveriesFrom,
} from '../announcements/ids';
import { answer, type ActionRow, type Answer } from './answer';
import { FATES, named } from './source-words';
import { counted, dateTime } from './time';

/** Two lines of about 320 characters a delivery: they stay below what an embed's description holds. */
export const DELIVERIES_PAGE = 10;

export interface DeliveriesView {
  /** The source's word. */
  readonly id: string;
  /** The newest first. */
  readonly deliveries: readonly DeliveryRecord[];
  readonly from: DeliveriesFrom;
  /** Where the following page begins; `null`: this is the last one. */
  readonly next: DeliveriesFrom | null;
}

/** A page of what a source delivered, with a menu to look at one. */
export function deliveriesAnswer(view: DeliveriesView): Answer {
  const { id, deliveries, from } = view;
  if (deliveries.length === 0) {
    const none = from.at === null ? 'has delivered nothing yet' : 'has no older deliveries';
    return answer(`${named(id)} ${none}.`, { components: [turning(view)] });
  }
  return answer('', {
    embeds: [
      {
        title: `Deliveries of ${id}`,
        description: deliveries.map(line).join('\n'),
        color: 0x3498db,
      },
    ],
    components: [menu(id, deliveries), turning(view)],
  });
}

function line(delivery: DeliveryRecord): string {
  const { emoji, words } = FATES[delivery.fate];
  const items = delivery.items === 0 ? '' : ` · ${counted(delivery.items, 'item')}`;
  const again = delivery.again === 0 ? '' : ` · delivered again ${counted(delivery.again, 'time')}`;
  return [
    `${emoji} ${dateTime(delivery.receivedAt)} · ${words}${items}${again}`,
    ...(delivery.reason === null
      ? []
      : [`-# ${inline(delivery.reason, { max: 200, empty: '…' })}`]),
  ].join('\n');
}

function menu(id: string, deliveries: readonly DeliveryRecord[]): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: deliveryPickId.encode({ id }),
        placeholder: 'Pick a delivery to see more, or to deliver it again',
        options: deliveries.map((delivery) => ({
          label: optionLabel(delivery),
          description: label(delivery.id, { max: 100, empty: '…' }),
          value: deliveryValue(delivery),
        })),
      },
    ],
  };
}

/** Discord shows no local time in menus. */
function optionLabel({ receivedAt, fate }: DeliveryRecord): string {
  const at = new Date(receivedAt).toISOString().slice(0, 19).replace('T', ' ');
  return `${at} UTC · ${FATES[fate].words}`;
}

function turning({ id, from, next }: DeliveriesView): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        // Also what has come or changed meanwhile.
        label: from.at === null ? '🔄 Look again' : '⏮ Newest',
        custom_id: deliveriesId.encode({ id, at: null, skip: 0 }),
      },
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: 'Older ▶',
        // Two components of a message may not carry the same id, disabled or not.
        custom_id: deliveriesId.encode({ id, ...(next ?? { at: 0, skip: 0 }) }),
        disabled: next === null,
      },
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: 'The source',
        custom_id: sourceCardId.encode({ id }),
      },
    ],
  };
}
