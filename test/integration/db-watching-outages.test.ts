import { describe, expect, it } from '@jest/globals';
import { createWatchReader, createWatchRecorder } from '../../src/db/watching';
import { GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import { recordedSpans } from '../contracts/recorded-spans';
import {
  answered,
  checked,
  everyServer,
  failed,
  HOUR,
  INTERVAL,
  MINUTE,
  outage,
  POLICIES,
  POLICY,
  recovery,
  round,
  SECOND,
  START,
  watchOnHosts,
} from '../contracts/watch-fixtures';

const records = freshRecords();

const recorder = () => createWatchRecorder(records.knex);
const reader = () => createWatchReader(records.knex);
const watch = (...servers: readonly (readonly [id: string, host?: string])[]) =>
  watchOnHosts(recorder(), servers);
const spans = () => recordedSpans(records.knex);
const incidents = async () => (await reader().incidents({ guildId: GUILD, limit: 50 })).incidents;

describe('outages', () => {
  it('open an incident, change its cause and end it', async () => {
    await watch(['survival']);
    await round(recorder(), () => [answered(START)]);
    const down = START + INTERVAL;
    await round(recorder(), () => outage(down));
    const [incident] = await incidents();
    expect(incident).toMatchObject({
      guildId: GUILD,
      number: 1,
      host: 'survival',
      status: 'open',
      openedAt: down,
      servers: [{ name: 'The survival', since: down, until: null, cause: 'refused', unknownMs: 0 }],
    });
    await round(recorder(), () => [failed(down + MINUTE, 'timed-out')]);
    await round(recorder(), () => recovery(down + 2 * MINUTE));
    expect((await incidents())[0]?.servers).toMatchObject([
      { since: down, until: down + 2 * MINUTE, cause: 'timed-out' },
    ]);
    const told = await recorder().pendingNews(10);
    const serverKey = incident?.servers[0]?.serverKey;
    const server = { serverKey, name: 'The survival', since: down, cause: 'refused' };
    const about = { type: 'incident', incidentId: incident?.incidentId, openedAt: down };
    expect(told).toMatchObject(
      [
        { type: 'server-down', server: { ...server, until: null, unknownMs: 0 } },
        { type: 'cause-changed', serverKey, cause: 'timed-out' },
        { type: 'server-up', serverKey, until: down + 2 * MINUTE, unknownMs: 0 },
      ].map((news) => ({ ...about, guildId: GUILD, policy: POLICY, news })),
    );
    expect(await spans()).toMatchObject(
      [
        { kind: 'unknown', to: START },
        { kind: 'up', from: START, to: down },
        { kind: 'down', from: down, to: down + 2 * MINUTE },
        { kind: 'up', from: down + 2 * MINUTE, to: null },
      ].slice(1),
    );
  });

  it('of one host that begin together are one incident, also from several rounds at once', async () => {
    await watch(['survival', 'box'], ['creative', 'box'], ['lobby', 'other']);
    await round(recorder(), () => [answered(START)]);
    const results = (await everyServer(recorder())).map((due, index) =>
      checked(due, outage(START + MINUTE + index * SECOND)),
    );
    await Promise.all(
      results.map((result) => recorder().saveRound({ results: [result], policies: POLICIES })),
    );
    const found = await incidents();
    expect(found.map(({ host, servers }) => [host, servers.length]).toSorted()).toEqual([
      ['box', 2],
      ['other', 1],
    ]);
    expect(found.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('that begin long after the others of their host are incidents of their own', async () => {
    await watch(['survival', 'box'], ['creative', 'box']);
    await round(recorder(), () => [answered(START)]);
    const fail = (id: string, at: number) =>
      round(recorder(), ({ server }) => (server.id === id ? outage(at) : null));
    await fail('survival', START + MINUTE);
    await fail('creative', START + 20 * MINUTE);
    expect(await incidents()).toHaveLength(2);
  });

  it('go on in the same incident while another server of the host is down', async () => {
    await watch(['survival', 'box'], ['creative', 'box']);
    await round(recorder(), () => [answered(START)]);
    const one = (id: string, checks: ReturnType<typeof outage>) =>
      round(recorder(), ({ server }) => (server.id === id ? checks : null));
    await one('survival', outage(START + MINUTE));
    // In one round the first comes back and the second fails.
    const results = (await everyServer(recorder())).map((due) =>
      due.server.id === 'survival'
        ? checked(due, recovery(START + 2 * MINUTE))
        : checked(due, outage(START + 2 * MINUTE)),
    );
    await recorder().saveRound({ results, policies: POLICIES });
    expect(await incidents()).toHaveLength(1);
    const news = await recorder().pendingNews(10);
    expect(news.map((told) => told.type === 'incident' && told.news.type)).toEqual([
      'server-down',
      'server-down',
      'server-up',
    ]);
  });

  it('of a server that fails anew are told apart', async () => {
    await watch(['survival']);
    await round(recorder(), () => [answered(START)]);
    const at = START + MINUTE;
    await round(recorder(), () => [...outage(at), ...recovery(at + MINUTE), ...outage(at + HOUR)]);
    const found = await incidents();
    expect(found.map(({ servers }) => servers.map(({ since, until }) => [since, until]))).toEqual([
      [[at + HOUR, null]],
      [[at, at + MINUTE]],
    ]);
    expect(await recorder().pendingNews(10)).toHaveLength(3);
  });

  it('of a guild without a policy are recorded in silence', async () => {
    await watch(['survival']);
    const results = (await everyServer(recorder())).map((due) => checked(due, outage(START)));
    await recorder().saveRound({ results, policies: new Map() });
    const [news] = await recorder().pendingNews(10);
    expect(news).toMatchObject({ policy: { alertChannelId: null, publicChannelId: null } });
  });
});
