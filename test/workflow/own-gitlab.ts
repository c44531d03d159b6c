import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SampleDelivery } from '../../src/web/sources/samples/sample';

/** Commits are numbers: 1 is the oldest, and each one's parent is the one before it. */
const sha = (index: number): string => (0xabc000 + index).toString(16).padStart(40, '0');

const NEWEST = 20;

/** A GitLab of one's own, as far as its pushes and the list of its commits go. */
export interface OwnGitlab {
  /** Whether its API answers. */
  isAway: boolean;
  /** The queries that it was asked with. */
  readonly asked: readonly string[];
  /** What it delivers when the commits `from` to `to` are pushed, both included: the newest 20 of them. */
  readonly push: (branch: string, from: number, to: number) => SampleDelivery;
  readonly stop: () => void;
}

/** @param authorOf who wrote a commit */
export async function startOwnGitlab(authorOf: (index: number) => string): Promise<OwnGitlab> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '', 'http://localhost');
    asked.push(search);
    const range = /^0*([0-9a-f]+)\.\.0*([0-9a-f]+)$/.exec(searchParams.get('ref_name') ?? '');
    if (gitlab.isAway) response.writeHead(502).end('Bad Gateway');
    else if (pathname !== '/api/v4/projects/9/repository/commits' || range === null) {
      response.writeHead(404).end('{"message":"404 Project Not Found"}');
    } else {
      const [base, head] = range.slice(1).map((text) => Number.parseInt(text, 16) - 0xabc000);
      const page = Number(searchParams.get('page'));
      const size = Number(searchParams.get('per_page'));
      const all = numbers((base ?? 0) + 1, head ?? 0).reverse();
      response.end(JSON.stringify(all.slice((page - 1) * size, page * size).map(listed)));
    }
  });
  const listed = (index: number) => ({
    id: sha(index),
    title: `Stone ${index}`,
    message: `Stone ${index}\n\nIt is heavy.`,
    author_name: authorOf(index),
    author_email: 'somebody@castle.example',
    committed_date: '2026-11-23T10:00:00.000+00:00',
    web_url: `${base}/castle/keep/-/commit/${sha(index)}`,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gitlab: OwnGitlab = {
    isAway: false,
    asked,
    push: (branch, from, to) => ({
      contentType: 'application/json',
      headers: { 'x-gitlab-event': 'Push Hook' },
      body: JSON.stringify({
        object_kind: 'push',
        ref: `refs/heads/${branch}`,
        before: sha(from - 1),
        after: sha(to),
        user_name: 'Ada',
        project: {
          id: 9,
          path_with_namespace: 'castle/keep',
          web_url: `${base}/castle/keep`,
          default_branch: 'main',
        },
        total_commits_count: to - from + 1,
        commits: numbers(Math.max(from, to - NEWEST + 1), to).map((index) => ({
          id: sha(index),
          message: `Stone ${index}\n\nIt is heavy.`,
          timestamp: '2026-11-23T10:00:00+00:00',
          url: `${base}/castle/keep/-/commit/${sha(index)}`,
          author: { name: authorOf(index), email: 'somebody@castle.example' },
          added: [`wall/${index}`],
          modified: [],
          removed: [],
        })),
      }),
    }),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return gitlab;
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
