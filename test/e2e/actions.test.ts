import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import type { Service } from '../../src/cli/service';
import {
  addedActions,
  readActions,
  totalActions,
  type ActionCounts,
} from '../../bench/measure/actions';
import { ticketWorkflowId } from '../../workflows/ticket/contract';
import type { InteractionHandle, Person } from '../../sandbox';
import { demoConfiguration } from './bot-stage/configuration';
import { untilAtRest } from './bot-stage/history';
import { Stage } from './bot-stage/stage';

const { EventType } = temporal.api.enums.v1;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** As in the example of docs/configuration.md: who waits too long is warned, and closing can be undone. */
const patient = {
  inactivity: { warnAfterMs: 48 * HOUR, closeAfterMs: 72 * HOUR },
  reopenWindowMs: 7 * DAY,
} as const;

/** A ticket that somebody opened. */
interface Opened {
  readonly workflowId: string;
  readonly channelId: string;
  readonly cardId: string;
}

describe('the Temporal Actions of a ticket', () => {
  let stage: Stage;
  let bot: Service;

  beforeAll(async () => {
    const { categories } = demoConfiguration();
    stage = await Stage.set(
      demoConfiguration({
        categories: categories.map((category) => ({ ...category, ...patient })),
      }),
    );
    [bot] = await Promise.all([stage.startBot(), stage.startWorker()]);
    await openTicket(stage.driver.person('player01'));
    await untilQuiet();
  });

  afterAll(async () => {
    await stage.strike();
  });

  const rest = (ticket: Opened) => untilAtRest(stage.client, ticket.workflowId);

  const count = (): Promise<ActionCounts> => {
    const { workflowService, options } = stage.client;
    const { namespace } = options;
    return readActions({ metricsUrl: stage.metricsUrl, workflowService, namespace });
  };

  /** The Actions that Temporal counts while something is done. */
  const actionsOf = async (work: () => Promise<void>): Promise<ActionCounts> => {
    const before = await count();
    await work();
    return addedActions(before, await count());
  };

  /** A worker that starts schedules the checks and tells the keepers of sources; nothing says when that is over. */
  const untilQuiet = async (): Promise<void> => {
    for (let added = 1; added > 0;) {
      added = totalActions(await actionsOf(() => pause(1_500)));
    }
  };

  const openTicket = async (person: Person): Promise<Opened> => {
    const asked = await person.runCommand('ticket open', { category: 'quick' });
    const { content } = await asked.settled((answer) => answer.content.includes('is open'));
    const channelId = /<#(\d+)>/.exec(content)?.[1] ?? '';
    const [card] = await person.see(channelId);
    const opened = {
      workflowId: ticketWorkflowId(asked.id),
      channelId,
      cardId: card?.id ?? '',
    };
    await rest(opened);
    return opened;
  };

  /** Waits until it is answered, and until the ticket has done all that follows from it. */
  const answered = async (clicked: InteractionHandle, ticket: Opened): Promise<void> => {
    await clicked.reply();
    await rest(ticket);
  };

  const click = async (person: Person, ticket: Opened, label: string): Promise<void> => {
    await answered(await person.click({ id: ticket.cardId }, label), ticket);
  };

  /** Clicks a button that asks for words. */
  const tell = async (person: Person, ticket: Opened, label: string): Promise<void> => {
    const form = await (await person.click({ id: ticket.cardId }, label)).modal();
    await answered(await person.submitModal(form, { note: 'Done.' }), ticket);
  };

  it('are at most 12 for one that is opened, claimed, resolved and closed', async () => {
    const mira = stage.driver.person('mira');
    const counts = await actionsOf(async () => {
      const ticket = await openTicket(stage.driver.person('player02'));
      await click(mira, ticket, 'Claim');
      await tell(mira, ticket, 'Resolve');
      await tell(mira, ticket, 'Close');
    });
    print('opened, claimed, resolved and closed', counts);
    // The bot's guess of the number is right when nobody else opens a ticket at the same time.
    expect(totalActions(counts)).toBeGreaterThan(0);
    expect(totalActions(counts)).toBeLessThanOrEqual(12);
  });

  it('are none beyond its one timer while it is open and nobody does anything', async () => {
    let idle: Opened | undefined;
    const opening = await actionsOf(async () => {
      idle = await openTicket(stage.driver.person('player03'));
    });
    print('opened and left alone', opening);
    if (idle === undefined) throw new Error('The ticket was not opened.');
    const before = await rest(idle);
    const timers = before.filter(
      ({ eventType }) => eventType === EventType.EVENT_TYPE_TIMER_STARTED,
    );
    expect(timers).toHaveLength(1);

    // Meanwhile somebody else's ticket lives, and costs what the first one did.
    const meanwhile = await actionsOf(async () => {
      await openTicket(stage.driver.person('player04'));
    });
    expect(totalActions(meanwhile)).toBe(totalActions(opening));
    const after = await rest(idle);
    expect(after.map(({ eventType }) => eventType)).toEqual(
      before.map(({ eventType }) => eventType),
    );
  });

  it('are at most 2 for a burst of messages', async () => {
    const [pip, mira] = [stage.driver.person('player05'), stage.driver.person('mira')];
    const ticket = await openTicket(pip);
    const counts = await actionsOf(async () => {
      for (const words of ['Hello?', 'Is anybody there?', 'My base is gone.']) {
        await pip.write(ticket.channelId, words);
      }
      await mira.write(ticket.channelId, 'I am looking at it.');
      // Events arrive in order: the answer means that the messages before it have arrived.
      await (await pip.runCommand('ticket list')).reply();
      // At its stop the bot tells of the burst at once, instead of after 15 seconds.
      await bot.stop();
      await untilAtRest(stage.client, ticket.workflowId, [
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
      ]);
    });
    print('a burst of four messages', counts);
    expect(totalActions(counts)).toBeGreaterThan(0);
    expect(totalActions(counts)).toBeLessThanOrEqual(2);
  });
});

function print(what: string, counts: ActionCounts): void {
  const parts = [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([type, count]) => `${type} ${count}`);
  process.stdout.write(
    `Temporal Actions, ${what}: ${totalActions(counts)} (${parts.join(', ')})\n`,
  );
}
