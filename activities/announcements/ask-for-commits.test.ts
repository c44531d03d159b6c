import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LeftOut } from '../../src/domain/announcements/left-out';
import { bitbucket } from '../../src/web/sources/bitbucket';
import type { CommitsApi } from '../../src/web/sources/commits-api';
import { github } from '../../src/web/sources/github';
import { gitlab } from '../../src/web/sources/gitlab';
import { askForCommits } from './ask-for-commits';
import { Asking } from './ask-for-page';

const sha = (index: number) => index.toString(16).padStart(40, '0');
const ofGitlab = (index: number) => ({ id: sha(index), message: `Stone ${index}` });
const ofBitbucket = (index: number) => ({ hash: sha(index), message: `Stone ${index}` });
const ofGithub = (index: number) => ({ sha: sha(index), commit: { message: `Stone ${index}` } });
/** From the newest to the oldest, both included. */
const down = <T>(from: number, to: number, as: (index: number) => T): readonly T[] =>
  Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => as(from - index));

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown;

describe('asking a service for the commits that a delivery leaves out', () => {
  let base = '';
  let answer: Answer = () => null;
  let asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', base);
    asked.push(url.pathname + url.search);
    const value = answer(request, response, url);
    if (value !== response) response.end(JSON.stringify(value));
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
  });

  const ask = (
    api: CommitsApi,
    more: Partial<LeftOut> = {},
    { allowInternal = true, signal = new AbortController().signal } = {},
  ) =>
    askForCommits(
      { identity: 'push:1', head: sha(300), address: `${base}/first?page=1`, count: null, ...more },
      api,
      new Asking({ workflowId: '', number: 1, now: Date.now(), signal }, allowInternal),
    );
  /** Answers with a status, and perhaps headers. */
  const status =
    (code: number, headers: Record<string, string> = {}): Answer =>
    (_, response) =>
      response.writeHead(code, headers).end('{"message":"Not for you"}');
  const titles = (found: Awaited<ReturnType<typeof ask>>) =>
    found?.commits.map(({ title }) => title) ?? null;

  it('reads pages until it knows as many as the push has', async () => {
    answer = (_, _response, url) => {
      const page = Number(url.searchParams.get('page'));
      return down(300 - (page - 1) * 100, 300 - page * 100 + 1, ofGitlab);
    };
    const found = await ask(gitlab.commits, { count: 120 });
    expect(titles(found)).toEqual(down(300, 181, (index) => `Stone ${index}`).toReversed());
    expect([found?.total, asked]).toEqual([120, ['/first?page=1', '/first?page=2']]);
  });

  it('reads no more commits than an item may have', async () => {
    answer = (_, _response, url) => ({
      values: down(300, 201, ofBitbucket),
      next: `${base}/first?page=${Number(url.searchParams.get('page')) + 1}`,
    });
    const found = await ask(bitbucket.commits);
    expect([found?.commits.length, found?.total, asked.length]).toEqual([250, null, 3]);
  });

  it('ends where pages do not', async () => {
    answer = () => ({ values: [ofBitbucket(300)], next: `${base}/first?page=1` });
    expect((await ask(bitbucket.commits))?.total).toBeNull();
    expect(asked).toHaveLength(12);
  });

  it('knows how many there are where a list ends', async () => {
    answer = () => ({ values: down(300, 292, ofBitbucket) });
    expect(await ask(bitbucket.commits)).toMatchObject({ total: 9 });
    answer = () => ({ total_commits: 2_500, commits: down(300, 51, ofGithub).toReversed() });
    const found = await ask(github.commits);
    expect([found?.commits.length, found?.total]).toEqual([250, 2_500]);
    expect(titles(found)?.at(-1)).toBe('Stone 300');
  });

  it('follows its service to where it moved, and its list nowhere else', async () => {
    answer = (_, response, url) =>
      url.pathname === '/first'
        ? response.writeHead(301, { location: '/moved' }).end()
        : { values: [ofBitbucket(300)], next: 'http://127.0.0.1:9/2.0/next' };
    expect(await ask(bitbucket.commits)).toMatchObject({ commits: [{ title: 'Stone 300' }] });
    expect(asked).toEqual(['/first?page=1', '/moved']);
  });

  it('sends nothing that is secret', async () => {
    let headers: IncomingMessage['headers'] = {};
    answer = (request) => {
      ({ headers } = request);
      return [ofGitlab(300)];
    };
    await ask(gitlab.commits);
    expect(Object.keys(headers).sort()).toEqual([
      ...['accept', 'accept-encoding', 'connection', 'host', 'user-agent'],
    ]);
  });

  it.each<[string, Answer]>([
    ['what is private', status(404)],
    ['what is forbidden', status(403)],
    ['a limit that ends much later', status(429, { 'retry-after': '3600' })],
    ['a limit of which nobody says when it ends', status(403, { 'x-ratelimit-remaining': '0' })],
    ['what is no JSON', (_, response) => response.end('<html>')],
    ['what is no list', () => ({ message: 'Sign in' })],
    ['nothing', () => []],
    ['what belongs to something else', () => down(299, 280, ofGitlab)],
    ['what is too long', (_, response) => response.end(Buffer.alloc(4_194_305, ' '))],
    [
      'another address without end',
      (_, response) => response.writeHead(302, { location: '/first' }).end(),
    ],
    [
      'an address of another kind',
      (_, response) => response.writeHead(302, { location: 'ftp://a/' }).end(),
    ],
  ])('gives up at %s', async (_, given) => {
    answer = given;
    expect(await ask(gitlab.commits)).toBeNull();
  });

  it('keeps what came before it had to give up', async () => {
    answer = (_, response, url) =>
      url.searchParams.get('page') === '1'
        ? down(300, 201, ofGitlab)
        : response.writeHead(404).end('{}');
    const found = await ask(gitlab.commits, { count: 120 });
    expect([found?.commits.length, found?.total]).toEqual([100, 120]);
  });

  it.each<[string, Answer, number | undefined]>([
    ['the service fails', status(503), undefined],
    ['it says when', status(503, { 'retry-after': '7' }), 7_000],
    ['a limit ends soon', status(429, { 'retry-after': '5' }), 5_000],
  ])('is tried again where %s', async (_, given, nextRetryDelay) => {
    answer = given;
    const failure: unknown = await ask(gitlab.commits).catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'service-unavailable', nextRetryDelay });
    expect(String(failure)).not.toMatch(/Not for you|first/);
  });

  it('is tried again where the service cannot be reached', async () => {
    answer = (_, response) => response.destroy();
    await expect(ask(gitlab.commits)).rejects.toMatchObject({ code: 'service-unavailable' });
  });

  it('does not reach into private networks, nor without https, unless the file allows it', async () => {
    const { port } = new URL(base);
    const outside = { allowInternal: false };
    for (const address of [base, `https://127.0.0.1:${port}/`, `https://localhost:${port}/`]) {
      expect(await ask(gitlab.commits, { address }, outside)).toBeNull();
    }
    expect(asked).toEqual([]);
  });

  it('ends with the try', async () => {
    const stop = new AbortController();
    answer = (_, response) => {
      stop.abort(new Error('enough'));
      response.writeHead(200).write('[');
      return response;
    };
    await expect(ask(gitlab.commits, {}, { signal: stop.signal })).rejects.toThrow('enough');
  });
});
