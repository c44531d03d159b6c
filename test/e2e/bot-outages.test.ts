import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ticketWorkflowId } from '../../workflows/ticket/contract';
import { ConfigurationError } from '../../src/cli/service';
import { startBot } from '../../src/discord/bot';
import { createLogger } from '../../src/observability/logger';
import type { InteractionHandle, Person } from '../../sandbox';
import { Stage } from './bot-stage/stage';

describe('the bot, while another part is away', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set();
    await Promise.all([stage.startBot(), stage.startWorker()]);
  });

  afterEach(async () => {
    stage.wires.temporal.mend();
    stage.wires.postgres.mend();
    await stage.driver.faults.clear();
  });

  afterAll(async () => {
    await stage.strike();
  });

  const ask = (person: Person): Promise<InteractionHandle> =>
    person.runCommand('ticket open', { category: 'quick' });

  const open = async (person: Person): Promise<{ channelId: string; caseId: string }> => {
    const asked = await ask(person);
    const { content } = await asked.settled((message) => message.content.includes('is open'));
    return {
      channelId: /<#(\d+)>/.exec(content)?.[1] ?? '',
      caseId: ticketWorkflowId(asked.id),
    };
  };

  const hasChannel = async (channelId: string): Promise<boolean> =>
    (await stage.driver.guild()).channels.some(({ id }) => id === channelId);

  /** Waits for the workflow to end its channel, and then to know it. */
  const closesItself = (caseId: string) =>
    stage.driver.waitFor(
      async () => {
        const { events } = await stage.client.workflow.getHandle(caseId).fetchHistory();
        return (events ?? []).some(
          ({ activityTaskScheduledEventAttributes: activity }) =>
            activity?.activityType?.name === 'closeTicket',
        );
      },
      30_000,
      'the ticket to close',
    );

  describe.each(['refused', 'silent'] as const)('Temporal being away (%s)', (how) => {
    it('acknowledges in time, says that nothing was opened, and works again when it is back', async () => {
      const pip = stage.driver.person('pip');
      stage.wires.temporal.cut(how);
      const asked = await ask(pip);
      expect((await asked.acknowledged).ms).toBeLessThan(3_000);
      const answer = await asked.reply();
      // What was handed over just before the cut may have arrived; both answers are honest.
      expect(answer.content).toMatch(/Nothing was opened or changed|may have arrived or not/);
      expect(answer.content).toContain(asked.id);
      const again = await ask(pip);
      expect((await again.reply()).content).toContain('Nothing was opened or changed');
      stage.wires.temporal.mend();
      await open(pip);
    });
  });

  it('answers lists with the reason while Postgres is away, and still opens tickets', async () => {
    const rue = stage.driver.person('rue');
    // The configuration is known from here on.
    await open(rue);
    stage.wires.postgres.cut();
    const list = await rue.runCommand('ticket list');
    expect((await list.acknowledged).ms).toBeLessThan(3_000);
    expect((await list.reply()).content).toContain("can't be read right now");
    const asked = await ask(rue);
    await asked.settled(({ content }) => content.includes('Your request is kept'));
    stage.wires.postgres.mend();
    const answer = await asked.settled(({ content }) => content.includes('is open'), 60_000);
    expect(answer.content).toContain('<#');
  });

  it.each(['before', 'after'] as const)(
    'acknowledges although Discord loses the first answer to it (%s the effect)',
    async (when) => {
      for (const kind of ['hang', 'drop'] as const) {
        await stage.driver.faults.add({
          match: { method: 'POST', route: '/interactions/.*/callback$', times: 1 },
          kind,
          when,
        });
        const { channelId } = await open(
          stage.driver.person(kind === 'hang' ? 'player10' : 'player11'),
        );
        expect(await hasChannel(channelId)).toBe(true);
      }
    },
  );

  it('shows its answer although Discord fails to take it', async () => {
    const fault = await stage.driver.faults.add({
      match: { method: 'PATCH', route: '^/webhooks/', times: 6 },
      kind: 'status',
      status: 503,
    });
    const asked = await stage.driver.person('player12').runCommand('ticket list');
    await fault.hit();
    expect((await asked.reply()).content).toContain('no tickets yet');
  });

  it('hears of what happened while the gateway was gone, when the session is resumed', async () => {
    const { channelId, caseId } = await open(stage.driver.person('player13'));
    await stage.driver.gateway.pause(3_000, { drop: true });
    await stage.driver.person('ada').deleteChannel(channelId);
    expect(await closesItself(caseId)).toBe(true);
  });

  it('finds out what happened while the gateway was gone, when the session is lost', async () => {
    const { channelId, caseId } = await open(stage.driver.person('player14'));
    await stage.driver.gateway.pause(2_000, { drop: true });
    await stage.driver.person('ada').deleteChannel(channelId);
    await stage.driver.gateway.invalidate(false);
    expect(await closesItself(caseId)).toBe(true);
  });

  it('leaves tickets alone whose channels are there when the session is lost', async () => {
    const { channelId, caseId } = await open(stage.driver.person('player15'));
    await stage.driver.gateway.invalidate(false);
    await stage.driver.gateway.ready();
    await open(stage.driver.person('player16'));
    expect(await hasChannel(channelId)).toBe(true);
    const { status } = await stage.client.workflow.getHandle(caseId).describe();
    expect(status.name).toBe('RUNNING');
  });

  it('refuses to start with a wrong token, and says where to get another', async () => {
    const { environment } = stage;
    const wrong = {
      ...environment,
      discord: { token: 'MTEwMDAw.wrong.token', apiUrl: stage.discord.api },
    };
    const started = startBot({
      environment: wrong,
      log: createLogger({ level: 'fatal', name: 'bot', readable: false }),
    });
    await expect(started).rejects.toThrow(ConfigurationError);
    await expect(started).rejects.toThrow(/DISCORD_TOKEN.*developer portal/);
  });
});
