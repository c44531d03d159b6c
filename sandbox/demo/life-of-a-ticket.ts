import { ticketWorkflowId } from '../../workflows/ticket/contract';
import type { CaseRow } from '../../src/db/case-row';
import { DEMO, type Driver, type InteractionHandle, type Person, type SeenMessage } from '../index';
import { findPanel, type Cast } from './cast';
import type { Narrator } from './narrator';
import { dateTime, Painter } from './picture';
import type { Records } from './records';

/** What the play is played with. */
export interface Props {
  readonly driver: Driver;
  readonly records: Records;
  readonly cast: Cast;
  readonly narrator: Narrator;
}

/** The ticket that was played. */
export interface Played {
  readonly caseId: string;
  readonly number: number;
}

const ANSWERS = {
  subject: 'My chest is empty',
  details: 'I logged in this morning and the chest at my base was empty. It was full last night.',
};
const QUESTION = 'The base is at 210 / 64 / -1180. Is there anything I can do?';
const REPLY = 'Hello! I can see in the log who opened it. Restoring it needs somebody senior.';
const RESOLUTION = 'The chest is restored, and its visitor has been spoken to.';
const THANKS = 'All of it is back. Thank you!';

const STORED_ALREADY =
  'What was written so far is stored already, in case that somebody deletes the channel by hand.';
const NOT_HEARD =
  'The ticket has not heard of the last messages: the bot was restarted just then, and Discord did not repeat what it had told before. Nothing is lost: the closing reads the channel itself.';

/** Plays a ticket from the panel to the end of its channel, and says what happens where. */
export async function playTicket(props: Props): Promise<Played> {
  const play = new Play(props);
  await play.panel();
  const ticket = await play.opening();
  await play.writing(ticket);
  await play.claiming(ticket);
  await play.raising(ticket);
  await play.resolving(ticket);
  await play.closing(ticket);
  await play.lookingBack(ticket);
  return ticket;
}

interface Ticket extends Played {
  readonly channelId: string;
  readonly channelName: string;
}

class Play {
  constructor(private readonly props: Props) {}

  async panel(): Promise<void> {
    const { driver, cast, narrator } = this.props;
    const { admin, panel } = cast;
    await narrator.step('There is a panel to press');
    const there = await findPanel(driver);
    if (there !== undefined) {
      await narrator.say('An administrator posted it in #support before.');
      await this.#see('#support', there.message);
      return;
    }
    await narrator.say(
      `${await this.#name(admin)}, an administrator, types /panel post in #support.`,
    );
    const posting = await admin.runCommand('panel post', {
      panel: panel.id,
      channel: DEMO.channels.support,
    });
    const answer = await posting.reply();
    const posted = await findPanel(driver);
    if (posted === undefined) throw new Error(`The panel was not posted: ${answer.content}`);
    await this.#see('#support', posted.message);
    await narrator.happened([
      ['Discord', `The bot ${await acknowledgement(posting)}. The worker posted the panel.`],
      ['Temporal', `The workflow panel-${posting.id} did it, and is complete.`],
    ]);
  }

  async opening(): Promise<Ticket> {
    const { driver, records, cast, narrator } = this.props;
    const { player } = cast;
    const name = await this.#name(player);
    await narrator.step(`${name}, a player, opens a ticket`);
    const panel = await findPanel(driver);
    if (panel === undefined) throw new Error('The panel is gone.');
    await narrator.say(
      `${name} presses "${panel.button.label}". A form opens, and ${name} fills it in.`,
    );
    const pressed = await player.click(panel.message, panel.button.customId);
    const modal = await pressed.modal();
    await narrator.picture(
      `the form "${modal.title}"`,
      (await this.#painter()).form(modal, ANSWERS),
    );
    const sent = await player.submitModal(modal, ANSWERS);
    const answer = await sent.settled(({ content }) => content !== '');
    const caseId = ticketWorkflowId(sent.id);
    if (!answer.content.includes('<#')) throw new Error(`It did not open: ${answer.content}`);
    await records.untilRecorded(caseId, 'channel-created');
    const row = await records.ticket(caseId);
    if (row?.channelId == null) throw new Error(`Ticket ${caseId} has no channel.`);
    const channelName = (await this.#painter()).channelName(row.channelId);
    const ticket = { caseId, number: row.number, channelId: row.channelId, channelName };
    await this.#see(`only ${name} sees this answer`, answer);
    await this.#see(`#${channelName}`, await this.#card(ticket, player));
    await narrator.happened([
      [
        'Discord',
        `The bot ${await acknowledgement(sent)}; Discord gives it 3 seconds. The worker made #${channelName}, which nobody sees but ${await this.#audience(row)}, and posted the opening message.`,
      ],
      ['Temporal', await this.#workflow(caseId)],
      [
        'Postgres',
        `Ticket #${row.number} was counted against the limits for openers, got the next number and has its first lines of history: ${await this.#types(caseId)}.`,
      ],
    ]);
    return ticket;
  }

  async writing(ticket: Ticket): Promise<void> {
    const { cast, narrator } = this.props;
    const { player, stranger } = cast;
    const name = await this.#name(player);
    await narrator.step(`${name} writes`);
    await player.write(ticket.channelId, QUESTION);
    await this.#conversation(ticket, player);
    const sees = await stranger.visibleChannels();
    if (sees.some(({ id }) => id === ticket.channelId)) throw new Error('A stranger sees it.');
    await narrator.say(
      `${await this.#name(stranger)}, another player, sees ${sees.length} channels, and this is none of them. Nothing is started by a message: the bot gathers what is written for 15 seconds and then tells the ticket once that somebody wrote, and when.`,
    );
  }

  async claiming(ticket: Ticket): Promise<void> {
    const { cast, narrator } = this.props;
    const { moderator } = cast;
    const name = await this.#name(moderator);
    await narrator.step(`${name}, a moderator, claims it and answers`);
    const asked = await moderator.runCommand('staff queue');
    const queue = await asked.reply();
    await narrator.say(`${name} types /staff queue, in any channel.`);
    await this.#see(`only ${name} sees this list`, queue);
    const card = await this.#card(ticket, moderator);
    const claiming = await moderator.click(card, 'Claim');
    await this.#see(`${name} presses "Claim" in #${ticket.channelName}`, await claiming.reply());
    await this.#untilShown(ticket, 'claimed', 1);
    await moderator.write(ticket.channelId, REPLY);
    await this.#conversation(ticket, moderator);
    await narrator.happened([
      [
        'Temporal',
        `The click became an update of the workflow, whose rules decided it: ${await this.#workflow(ticket.caseId)}`,
      ],
      ['Postgres', `The history goes on: ${await this.#types(ticket.caseId)}.`],
    ]);
  }

  async raising(ticket: Ticket): Promise<void> {
    const { driver, records, cast, narrator } = this.props;
    const { moderator, senior } = cast;
    const name = await this.#name(moderator);
    await narrator.step(`${name} raises it to the senior team`);
    const raising = await moderator.click(await this.#card(ticket, moderator), 'Raise');
    await this.#see(`${name} presses "Raise"`, await raising.reply());
    await this.#untilShown(ticket, 'raised', 2);
    const line = await driver.waitFor(async () => {
      const log = await senior.see(DEMO.channels.deskLog);
      return log.findLast(({ content }) => content.startsWith('🔺'));
    });
    await this.#see(`#desk-log, as ${await this.#name(senior)} of the seniors sees it`, line);
    const row = await records.ticket(ticket.caseId);
    await narrator.happened([
      [
        'Discord',
        `#${ticket.channelName} is now open to the seniors as well, and they were pinged there.`,
      ],
      [
        'Postgres',
        `It is on record who raised it, when, and to whom: ${await this.#nameOf(row?.raisedBy ?? null)}, ${dateTime(row?.raisedAt ?? 0)}, ${row?.raisedToTeam ?? ''}.`,
      ],
    ]);
  }

  async resolving(ticket: Ticket): Promise<void> {
    const { records, cast, narrator } = this.props;
    const { senior, player } = cast;
    const name = await this.#name(senior);
    await narrator.step(`${name} takes it over and resolves it`);
    const claiming = await senior.click(await this.#card(ticket, senior), 'Claim');
    await claiming.reply();
    await this.#untilShown(ticket, 'claimed', 3);
    const pressed = await senior.click(await this.#card(ticket, senior), 'Resolve');
    const modal = await pressed.modal();
    const values = Object.fromEntries([[fieldOf(modal), RESOLUTION]]);
    await narrator.picture(
      `the form "${modal.title}"`,
      (await this.#painter()).form(modal, values),
    );
    const sent = await senior.submitModal(modal, values);
    await sent.reply();
    await this.#untilShown(ticket, 'resolved', 4);
    const thanks = await player.write(ticket.channelId, THANKS);
    await this.#conversation(ticket, player);
    await narrator.say('(Waiting until the 15 seconds of the last messages are over …)');
    const heard = await records.hearsOf(ticket.caseId, thanks.id);
    const row = await records.ticket(ticket.caseId);
    await narrator.happened([
      ['Temporal', await this.#workflow(ticket.caseId)],
      ['Postgres', await this.#firstAnswer(row)],
      ['Storage', heard ? STORED_ALREADY : NOT_HEARD],
    ]);
  }

  async closing(ticket: Ticket): Promise<void> {
    const { driver, records, cast, narrator } = this.props;
    const { player } = cast;
    const name = await this.#name(player);
    await narrator.step(`${name} closes it`);
    const closing = await player.runCommand('ticket close', {
      number: ticket.number,
      reason: 'Everything is back.',
    });
    await this.#see(`${name} types /ticket close ${ticket.number}`, await closing.reply());
    await records.untilRecorded(ticket.caseId, 'closed');
    const { channels } = await driver.guild();
    const gone = channels.every(({ id }) => id !== ticket.channelId);
    const kept = await records.conversation(ticket.caseId);
    if (kept === null || !gone) throw new Error('The ticket was closed, but not as it should be.');
    await narrator.happened([
      [
        'Storage',
        `First nobody could write any more; then all ${kept.messages} messages were stored as ${kept.storageKey}, read back and compared (SHA-256 ${kept.sha256.slice(0, 12)}…).`,
      ],
      ['Discord', `Only then #${ticket.channelName} was deleted.`],
      ['Temporal', await this.#workflow(ticket.caseId)],
    ]);
    const people = kept.written.filter(({ bot }) => !bot);
    await narrator.picture(
      'what people wrote, read from the storage',
      people.map(({ authorName, content }) => `${authorName}: ${content}`),
    );
  }

  async lookingBack(ticket: Ticket): Promise<void> {
    const { records, narrator } = this.props;
    await narrator.step('The whole history, as Postgres has it');
    const events = await records.history(ticket.caseId);
    const painter = await this.#painter();
    await narrator.picture(
      `ticket #${ticket.number}`,
      events.map(({ at, type, actorId }) => {
        const time = new Date(at).toISOString().slice(11, 23);
        const who = actorId === null ? '' : ` by ${painter.personName(actorId)}`;
        return `${time}  ${type.replaceAll('-', ' ')}${who}`;
      }),
    );
  }

  async #firstAnswer(row: CaseRow | null): Promise<string> {
    if (row?.firstAnsweredAt == null) return 'Nobody of the team has answered yet.';
    const who = await this.#nameOf(row.firstAnsweredBy);
    return `It is on record who first answered, and when: ${who}, ${dateTime(row.firstAnsweredAt)}.`;
  }

  /** What a ticket's workflow says of itself in the Web UI. */
  async #workflow(caseId: string): Promise<string> {
    const { events, standing, waitsFor } = await this.props.records.workflow(caseId);
    return `The workflow ${caseId} has a history of ${events} events. It says: "${standing} ${waitsFor}"`;
  }

  async #types(caseId: string): Promise<string> {
    const events = await this.props.records.history(caseId);
    return events.map(({ type }) => type.replaceAll('-', ' ')).join(', ');
  }

  /** Who sees the ticket's channel, by the names of their roles or their own. */
  async #audience(row: CaseRow): Promise<string> {
    const guild = await this.props.driver.guild();
    const channel = guild.channels.find(({ id }) => id === row.channelId);
    const seeing = (channel?.overwrites ?? []).filter(({ allow }) => (BigInt(allow) & VIEW) !== 0n);
    const names = seeing.flatMap(({ id }) => {
      const role = guild.roles.find((one) => one.id === id);
      if (role !== undefined) return [`@${role.name}`];
      return id === DEMO.bot ? [] : [`@${this.#nameIn(guild.members, id)}`];
    });
    return names.join(', ');
  }

  /** Waits until an event is on record and the channel has been told: the nth notice of the bot. */
  async #untilShown(ticket: Ticket, type: string, notices: number): Promise<void> {
    const { driver, records } = this.props;
    await records.untilRecorded(ticket.caseId, type);
    await driver.waitFor(async () => {
      const messages = await driver.messages(ticket.channelId);
      const told = messages.filter(
        ({ author, ephemeralFor }) => author.id === DEMO.bot && ephemeralFor === null,
      );
      // The opening message is the first.
      return told.length > notices;
    });
  }

  /** The message that shows the ticket in its channel. */
  async #card(ticket: Ticket, viewer: Person): Promise<SeenMessage> {
    const row = await this.props.records.ticket(ticket.caseId);
    const messages = await viewer.see(ticket.channelId);
    const card = messages.find(({ id }) => id === row?.messageId) ?? messages[0];
    if (card === undefined) throw new Error(`#${ticket.channelName} is empty.`);
    return card;
  }

  /** Draws the channel's last messages that people wrote, as one of them sees it. */
  async #conversation(ticket: Ticket, viewer: Person): Promise<void> {
    const messages = await viewer.see(ticket.channelId);
    const painter = await this.#painter();
    await this.props.narrator.picture(
      `#${ticket.channelName}, the newest at the bottom`,
      messages
        .slice(1)
        .filter(({ flags }) => (flags & EPHEMERAL) === 0)
        .slice(-3)
        .flatMap((message) => painter.written(message)),
    );
  }

  async #see(title: string, message: SeenMessage): Promise<void> {
    await this.props.narrator.picture(title, (await this.#painter()).message(message));
  }

  async #painter(): Promise<Painter> {
    return new Painter(await this.props.driver.guild(), Date.now());
  }

  #name(person: Person): Promise<string> {
    return this.#nameOf(person.id);
  }

  async #nameOf(id: string | null): Promise<string> {
    return this.#nameIn((await this.props.driver.guild()).members, id);
  }

  #nameIn(members: readonly { id: string; displayName: string }[], id: string | null): string {
    return members.find((member) => member.id === id)?.displayName ?? 'nobody';
  }
}

/** Discord's permission View Channel, and the flag of a message that only one person sees. */
const VIEW = 1n << 10n;
const EPHEMERAL = 1 << 6;

async function acknowledgement(interaction: InteractionHandle): Promise<string> {
  const { ms } = await interaction.acknowledged;
  return `acknowledged it after ${Math.round(ms)} ms`;
}

/** The id of a form's only field. */
function fieldOf({ components }: Awaited<ReturnType<InteractionHandle['modal']>>): string {
  const id = components[0]?.component?.custom_id;
  if (id === undefined) throw new Error('The form has no field.');
  return id;
}
