import {
  ComponentType,
  type APIEmbed,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { CaseStatus } from '../../domain/cases/case';
import type { PersonCommandType } from '../../domain/cases/commands';
import { inline, noMentions, plain } from '../../domain/text';
import type { ActionRow } from './answer';
import { applies, caseButton, type ButtonsView } from './case-buttons';
import { leadingEmoji } from './emoji';
import { STATUS_COLOURS } from './status';
import { moment } from './time';

/** A ticket as its own channel shows it. Instants in milliseconds since the epoch; texts as they were given. */
export interface TicketCardView extends ButtonsView {
  readonly caseId: string;
  readonly number: number;
  readonly categoryTitle: string;
  readonly categoryEmoji: string | null;
  readonly status: CaseStatus;
  readonly openerId: string;
  readonly assigneeId: string | null;
  readonly teamName: string;
  readonly raised: boolean;
  readonly hasSenior: boolean;
  readonly answers: readonly { readonly label: string; readonly answer: string }[];
  readonly openedAt: number;
  /** When it closes by itself if nobody acts; `null`: it does not. */
  readonly closesAt: number | null;
}

/** A field's value holds 1,024 characters, an embed 6,000 in all: five answers of this length fit beside the rest. */
const ANSWER_ROOM = 900;
const CUT_NOTE = '\n*(cut; staff read all of it with `/staff case`)*';

/**
 * The message that opens a ticket's channel and shows it from then on. Posted, it pings the opener
 * and nobody else.
 */
export function ticketCard(view: TicketCardView): RESTPostAPIChannelMessageJSONBody {
  return { ...face(view), allowed_mentions: { users: [view.openerId] } };
}

/** The same message, to be edited over the earlier one: it pings nobody. */
export function ticketCardEdit(view: TicketCardView): RESTPatchAPIChannelMessageJSONBody {
  return { ...face(view), allowed_mentions: noMentions };
}

function face(view: TicketCardView): {
  content: string;
  embeds: APIEmbed[];
  components: ActionRow[];
} {
  return {
    content: `<@${view.openerId}>, thank you for writing to us. The team has been told and answers here.`,
    embeds: [
      {
        title: `#${view.number} · ${leadingEmoji(view.categoryEmoji)}${inline(view.categoryTitle, { max: 150, empty: 'Ticket' })}`,
        description: [condition(view), ...closing(view)].join('\n'),
        color: STATUS_COLOURS[view.status],
        fields: [
          { name: 'Opened by', value: `<@${view.openerId}>`, inline: true },
          {
            name: 'Assigned to',
            value: view.assigneeId === null ? 'nobody yet' : `<@${view.assigneeId}>`,
            inline: true,
          },
          {
            name: 'Team',
            value: `${inline(view.teamName, { max: 100, empty: 'unnamed' })}${view.raised ? ' 🔺 raised' : ''}`,
            inline: true,
          },
          ...view.answers.map(({ label, answer }) => ({
            name: inline(label, { max: 100, empty: 'Answer' }),
            value: shortened(answer),
          })),
        ],
        footer: { text: 'Opened' },
        timestamp: new Date(view.openedAt).toISOString(),
      },
    ],
    components: buttons(view),
  };
}

function shortened(text: string): string {
  const whole = plain(text, { max: ANSWER_ROOM, empty: '*(left empty)*' });
  const cut = whole.endsWith('…') && !text.trimEnd().endsWith('…');
  return cut ? `${whole}${CUT_NOTE}` : whole;
}

/** The status in a sentence that says what comes next. */
function condition(view: TicketCardView): string {
  switch (view.status) {
    case 'opening':
    case 'reopening':
      return 'This ticket is being opened.';
    case 'open':
      return view.raised
        ? 'Raised: it waits for somebody of the senior team.'
        : 'Open: it waits for somebody of the team.';
    case 'claimed':
      return view.assigneeId === null
        ? 'Somebody of the team is on it.'
        : `<@${view.assigneeId}> is on it.`;
    case 'resolved':
      return 'Resolved. If something is still missing, press **Reopen**.';
    case 'closing':
      return 'Closing: the conversation is being stored, then this channel goes away.';
    case 'closed':
    case 'ended':
      return 'Closed.';
    case 'refused':
    case 'failed':
      return 'This ticket could not be opened.';
  }
}

function closing(view: TicketCardView): readonly string[] {
  if (view.closesAt === null) return [];
  if (view.status !== 'open' && view.status !== 'claimed' && view.status !== 'resolved') return [];
  return [`If nobody writes, it closes by itself ${moment(view.closesAt)}.`];
}

function buttons(view: TicketCardView): ActionRow[] {
  const components = commandsOf(view)
    .filter((command) => applies(view, command))
    .map((command) => caseButton(view, command, 'channel'));
  return components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components }];
}

function commandsOf(view: TicketCardView): readonly PersonCommandType[] {
  switch (view.status) {
    case 'open':
      return ['claim', 'raise', 'resolve', 'close'];
    case 'claimed':
      return ['release', 'raise', 'resolve', 'close'];
    case 'resolved':
      return ['reopen', 'close'];
    case 'opening':
    case 'refused':
    case 'failed':
    case 'closing':
    case 'closed':
    case 'reopening':
    case 'ended':
      return [];
  }
}
