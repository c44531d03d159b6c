import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { SAMPLE_UUID, SamplePlugin } from '../../game/sample-plugin';
import { SampleApp } from '../../sample-app';

const CODE = '7KXM-P4QT';
const REGISTRATIONS = '/v1/game/registrations?server=survival';

let plugin: SamplePlugin;
beforeEach(async () => {
  plugin = await SamplePlugin.start();
});
afterEach(() => plugin.stop());

const typed = (code: string, name = 'Steve') => ({
  server: 'survival',
  player: { name, uuid: SAMPLE_UUID },
  code,
});

describe('the description', () => {
  it('names these routes where they are, and what they answer', async () => {
    const description = z
      .object({
        paths: z.record(z.string(), z.unknown()),
        components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
      })
      .parse(await (await fetch(`${plugin.url}/openapi.json`)).json());
    const own = Object.keys(description.paths).filter((path) => path.startsWith('/v1/'));
    expect(own).toEqual([
      '/v1/game/registrations',
      '/v1/game/verifications',
      '/v1/game/whitelist',
      '/v1/game/whitelist/applied',
    ]);
    const refs = [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
    for (const [, name = ''] of refs) expect(description.components.schemas).toHaveProperty(name);
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    ajv.addSchema({ ...description, $id: 'openapi' });
    const holds = (name: string, value: unknown): void => {
      const check = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
      check(value);
      expect({ name, errors: check.errors }).toEqual({ name, errors: null });
    };
    plugin.world.add(CODE);
    plugin.world.whitelist.push({
      ...{ accountKey: 1, userId: '1', edition: 'java', name: 'Steve', uuid: null, wanted: true },
      ...{ version: 1, settled: false, wantedAt: 0, appliedAt: null, error: null },
    });
    holds('PendingRegistrations', await (await plugin.get(REGISTRATIONS)).json());
    holds(
      'WhitelistChanges',
      await (await plugin.get('/v1/game/whitelist?server=survival')).json(),
    );
    holds('VerificationRequest', typed(CODE));
    holds('WhitelistApplied', { server: 'survival', applied: ['1-2'] });
    for (const code of ['', ...Array<string>(5).fill('AAAA-AAAA')]) {
      const refused = await plugin.post('/v1/game/verifications', typed(code));
      holds('RefusedVerification', await refused.json());
    }
    plugin.world.add('2222-2222', { name: 'Alex' });
    const right = await plugin.post('/v1/game/verifications', typed('2222-2222', 'Alex'));
    holds('Verified', await right.json());
  });

  it('names none of them where they are not', async () => {
    const bare = await SampleApp.start();
    const description = await (await fetch(`${bare.url}/openapi.json`)).text();
    const answer = await fetch(`${bare.url}${REGISTRATIONS}`);
    await bare.stop();
    expect(description).not.toContain('/v1/');
    expect(answer.status).toBe(404);
  });
});
