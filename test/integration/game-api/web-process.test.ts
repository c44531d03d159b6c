import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Service } from '../../../src/cli/service';
import { createLogger } from '../../../src/observability/logger';
import { startWeb } from '../../../src/web/service';
import { uuid } from '../../contracts/registration-fixtures';
import { GameStage } from './game-stage';

const ADA = '300000000000000001';

describe('the web process', () => {
  let stage: GameStage;
  let service: Service;
  const web = () => ({ url: service.addresses['http'] ?? '' });

  beforeAll(async () => {
    stage = await GameStage.set();
    const log = createLogger({ level: 'silent', name: 'web', readable: false });
    service = await startWeb({ environment: stage.environment(), log });
  });
  afterAll(() => stage.strike());

  it('answers game servers with the parts that its environment names', async () => {
    const code = await stage.register(ADA, 'Steve');
    const listed = await stage.get(web(), '/v1/game/registrations?server=survival');
    expect(await listed.json()).toMatchObject({ registrations: [{ name: 'Steve' }] });
    const typed = { player: { name: 'Steve', uuid: uuid(1) }, code };
    expect((await stage.post(web(), '/v1/game/verifications', typed)).status).toBe(200);
    await stage.over(ADA, 'Steve');
  });

  it('lets nobody wait when it stops', async () => {
    const known = (await stage.get(web(), '/v1/game/whitelist?server=survival')).status;
    const waiting = stage.get(web(), '/v1/game/whitelist?server=survival&after=999999&wait=25s');
    // Another request is answered meanwhile, so that the first one has come.
    const metrics = await fetch(`${web().url}/metrics`);
    expect([known, metrics.status]).toEqual([200, 200]);
    await stage.get(web(), '/v1/game/registrations?server=survival');
    await service.stop();
    const answer = await waiting;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('connection')).toBe('close');
    expect(await answer.json()).toEqual({ changes: [] });
  });
});
