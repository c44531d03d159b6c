import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ticketWorkflowId } from '../../workflows/ticket/contract';
import type { Person } from '../../sandbox';
import { temporal } from '../parts';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import {
  findChromium,
  skippedWithoutChromium,
  startChromium,
  type Browser,
} from './web-ui/chromium';
import { WebUi } from './web-ui/web-ui';

const DAY_MS = 86_400_000;

const program = findChromium();
if (program === undefined) skippedWithoutChromium();
else suite(program);

function suite(chromium: string): void {
  describe('the Temporal Web UI, for a member of staff', () => {
    /** Where pictures go that nobody asked to keep. */
    const aside = mkdtempSync(path.join(tmpdir(), 'castellan-web-ui-'));
    /** SCREENSHOT names a place in the documentation. */
    const picture = process.env.SCREENSHOT ?? path.join(aside, 'ticket-in-temporal.png');
    let stage: Stage;
    let browser: Browser;
    let ui: WebUi;
    /** Claimed, answered, raised and taken over by a senior. */
    let busy: string;
    /** Nobody has looked at it yet. */
    let fresh: string;

    beforeAll(async () => {
      stage = await Stage.set(withInactivity());
      const [bot] = await Promise.all([stage.startBot(), stage.startWorker()]);
      const [pip, rue, mira, sol] = ['pip', 'rue', 'mira', 'sol'].map((name) =>
        stage.driver.person(name),
      ) as [Person, Person, Person, Person];
      const ticket = await open(pip);
      busy = ticket.id;
      fresh = (await open(rue)).id;
      await pip.write(ticket.channelId, 'The chest at my base is empty.');
      await press(mira, ticket, 'Claim', 'claimed');
      await mira.write(ticket.channelId, 'I am looking into it.');
      await press(mira, ticket, 'Raise', 'raised');
      await press(sol, ticket, 'Claim', 'claimed');
      // It tells the ticket of the messages at once, not when their 15 seconds are over.
      await bot.stop();
      await untilCounted(`CastellanAssignee='${sol.id}'`, 1);
      await untilCounted(`CastellanStatus='open'`, 1);
      browser = await startChromium(chromium);
      ui = await WebUi.open(browser.context, temporal().uiUrl, stage.environment.temporalNamespace);
    });

    afterAll(async () => {
      await browser.close();
      await stage.strike();
      rmSync(aside, { recursive: true, force: true });
    });

    const open = async (person: Person) => {
      const asked = await person.runCommand('ticket open', { category: 'support' });
      const sent = await person.submitModal(await asked.modal(), { subject: 'An empty chest' });
      const answer = await sent.settled(({ content }) => content.includes('<#'));
      const channelId = /<#(\d+)>/.exec(answer.content)?.[1] ?? '';
      const [card] = await person.see(channelId);
      return { id: ticketWorkflowId(sent.id), channelId, cardId: card?.id ?? '' };
    };

    const press = async (
      person: Person,
      { cardId, channelId }: { cardId: string; channelId: string },
      button: string,
      outcome: string,
    ): Promise<void> => {
      const pressed = await person.click({ id: cardId }, button);
      expect((await pressed.reply()).content).toContain(outcome);
      // The next person presses what the message shows by then.
      await stage.driver.waitFor(async (driver) => {
        const [card] = await driver.messages(channelId);
        const shown = JSON.stringify(card);
        return shown.includes(outcome === 'raised' ? '🔺' : `<@${person.id}> is on it`);
      });
    };

    /** The server's lists follow a moment after. */
    const untilCounted = async (query: string, wanted: number): Promise<void> => {
      for (;;) {
        const { count } = await stage.client.workflow.count(query);
        if (count === wanted) return;
        await pause(50);
      }
    };

    it.each([
      ['number', 'CastellanNumber = 2', 'CastellanNumber = 2', () => [fresh]],
      ['status', 'CastellanStatus = "claimed"', 'CastellanStatus = "claimed"', () => [busy]],
      [
        'assignee',
        'CastellanAssignee = "1100000000000000201"',
        'CastellanAssignee = "1100000000000000201"',
        () => [busy],
      ],
      [
        'category',
        'CastellanCategory = "support"',
        'CastellanCategory = "support"',
        () => [busy, fresh],
      ],
    ])('finds a ticket by its %s', async (_, query, shown, expected) => {
      await ui.openList(query);
      const ids = expected();
      expect(await ui.listed(ids.length)).toEqual([...ids].sort());
      expect(await ui.shownFilter(query.split(' ')[0] ?? '')).toBe(shown);
    });

    it('finds a ticket by a filter that is put together by hand', async () => {
      await ui.openList();
      expect(await ui.listed(2)).toEqual([busy, fresh].sort());
      await ui.filterByNumber('CastellanNumber', 1);
      expect(await ui.listed(1)).toEqual([busy]);
      expect(decodeURIComponent(ui.page.url())).toMatch(/query=`?CastellanNumber`? ?= ?"?1\b/);
    });

    it('tells what a ticket is, what has happened and what it waits for, until when', async () => {
      await ui.openList('CastellanNumber = 1');
      await ui.openWorkflow(busy);
      await ui.openTab('User Metadata');
      const said = await ui.text('Ticket: Support', 'Ticket #1', 'Last activity');
      expect(said).toContain('Ticket #1 is claimed.');
      expect(said).toMatch(
        /Waits for people\. If nobody writes until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, the opener is warned\./,
      );
      expect(said).toContain('Team: seniors');
      expect(said).toContain('Assigned to: 1100000000000000201');
      expect(said).toMatch(/Opened: .* UTC by 1100000000000000210/);
      expect(said).toMatch(/First answered: .* UTC by 1100000000000000202/);
      expect(said).toMatch(/Raised: .* UTC by 1100000000000000202/);
      expect(said).toContain('/staff case 1');
      await ui.picture(path.join(path.dirname(picture), 'ticket-details.png'), 900);
    });

    it('names every step and every deadline in the timeline', async () => {
      await ui.openTab('Timeline');
      const timeline = await ui.text(
        'Count limits, take a number, create the channel, answer',
        '#1: claimed by 1100000000000000202',
        '#1: raised to seniors by 1100000000000000202',
        '#1: claimed by 1100000000000000201',
        '#1: first answered by 1100000000000000202',
        'Warn the opener of inactivity, unless somebody acts before',
      );
      for (const click of ['claim', 'raise', 'messages']) expect(timeline).toContain(click);
      expect(timeline).not.toContain('chest');
      await ui.picture(picture, 1_130);
    });
  });
}

function withInactivity() {
  const { categories } = demoConfiguration();
  return demoConfiguration({
    categories: categories.map((category) => ({
      ...category,
      inactivity: { warnAfterMs: 2 * DAY_MS, closeAfterMs: 3 * DAY_MS },
    })),
  });
}
