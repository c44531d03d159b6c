import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DEMO } from '../index';
import { describeMismatch } from './conformance';
import { startRecorded } from './ground';
import type { RecordedDiscord } from './ground';
import { ODD_VALUES } from './odd-values';
import { vendorDescription } from './vendor-description';

// Hundreds of requests: a busy machine may take long, and that is no failure.
jest.setTimeout(60_000);

const description = vendorDescription();
const withDescription = description === undefined ? describe.skip : describe;

/** A request that is accepted, and where its fields are spoilt one by one. */
interface Sample {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Whatever the local Discord accepts, the real one has to accept, too. */
withDescription('spoilt requests', () => {
  let recorded: RecordedDiscord;
  let samples: Sample[];

  beforeAll(async () => {
    recorded = await startRecorded();
    const { client } = recorded;
    const channel = `/channels/${DEMO.channels.general}`;
    const message = await client.make('POST', `${channel}/messages`, { body: { content: 'x' } });
    const role = await client.make('POST', `/guilds/${DEMO.guild}/roles`, { body: {} });
    const commands = `/applications/${DEMO.application}/commands`;
    samples = [
      { method: 'POST', path: `${channel}/messages`, body: { content: 'x' } },
      { method: 'PATCH', path: `${channel}/messages/${message}`, body: { content: 'x' } },
      { method: 'POST', path: `/guilds/${DEMO.guild}/channels`, body: { name: 'spoilt' } },
      { method: 'PATCH', path: channel, body: { name: 'general' } },
      { method: 'PUT', path: `${channel}/permissions/${DEMO.people.pip}`, body: { type: 1 } },
      { method: 'POST', path: `${channel}/threads`, body: { name: 'spoilt', type: 11 } },
      { method: 'POST', path: `/guilds/${DEMO.guild}/roles`, body: { name: 'spoilt' } },
      { method: 'PATCH', path: `/guilds/${DEMO.guild}/roles/${role}`, body: { name: 'spoilt' } },
      {
        method: 'PATCH',
        path: `/guilds/${DEMO.guild}/members/${DEMO.people.pip}`,
        body: { nick: 'Pip' },
      },
      { method: 'POST', path: `${channel}/webhooks`, body: { name: 'spoilt' } },
      { method: 'POST', path: commands, body: { name: 'spoilt', description: 'x' } },
    ];
  });
  afterAll(async () => {
    await recorded.stop();
  });

  it('are accepted only where the vendor’s description accepts them', async () => {
    if (description === undefined) throw new Error('The description is not here.');
    const conformance = description();
    const lenient = new Set<string>();
    let sent = 0;
    let accepted = 0;
    for (const { method, path, body } of samples) {
      for (const field of conformance.fields(method, path)) {
        for (const value of ODD_VALUES) {
          const spoilt = { ...body, [field]: value };
          const { status } = await recorded.client.send(method, path, { body: spoilt });
          sent += 1;
          if (status >= 500) lenient.add(`${method} ${path} ${field}: answered ${status}`);
          if (status >= 300) continue;
          accepted += 1;
          for (const one of conformance.request(method, path, spoilt)) {
            lenient.add(describeMismatch(one));
          }
        }
      }
    }
    console.log(`Sent ${sent} spoilt requests, of which ${accepted} were accepted.`);
    expect([...lenient]).toEqual([]);
  });
});
