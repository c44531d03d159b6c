import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../src/db/connection';
import { createRegistrationReader } from '../../src/db/registration';
import { registrationWorkflowId } from '../../workflows/registration/contract';
import { DEMO } from '../../sandbox';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { REGISTRATION } from './registration/people';

describe('a registration that is refused after a code was kept for it', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(demoConfiguration({ registration: REGISTRATION }));
    await Promise.all([stage.startBot(), stage.startWorker()]);
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('is over on record, too: no game server hears of it any more', async () => {
    const person = await stage.driver.addPerson('newcomer');
    const unshown = await stage.driver.faults.add({
      match: { method: 'PATCH', route: '^/webhooks/', body: /🔑/ },
      kind: 'status',
      status: 503,
    });
    const asked = await person.runCommand('register', { name: 'Too_Early' });
    await unshown.hit();
    await stage.apply(demoConfiguration({ registration: null }));
    await asked.settled(({ content }) => content.includes('cannot be registered here'));
    const subject = { guildId: DEMO.guild, userId: person.id, name: 'Too_Early' };
    const id = registrationWorkflowId({ ...subject, edition: 'java' });
    await stage.client.workflow.getHandle(id).result();

    const knex = connect(stage.variables['DATABASE_URL'] ?? '', {
      applicationName: 'test',
      poolMax: 1,
    });
    const reader = createRegistrationReader(knex);
    const pending = await reader.pendingByName(DEMO.guild, 'java', 'Too_Early');
    const row = await reader.registration(id);
    const types = (await reader.registrationEvents(id)).map(({ type }) => type);
    await knex.destroy();
    expect(pending).toEqual([]);
    expect(row).toMatchObject({ status: 'refused', endedAt: expect.any(Number) });
    expect(types).toEqual(['refused']);
  });
});
