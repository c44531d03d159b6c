import { z } from 'zod';
import { line } from '../../../domain/announcements/bounds';
import type { Person, Place } from '../../../domain/announcements/item';
import { writtenCommit } from '../commits';
import { addressPart, name, person, soft, softList, url } from '../read';

export const user = z.object({
  login: z.string(),
  html_url: soft(z.string()),
  avatar_url: soft(z.string()),
});
const repository = z.object({
  id: name,
  full_name: z.string(),
  html_url: soft(z.string()),
  compare_url: soft(z.string()),
  stargazers_count: soft(z.number().int()),
});
const of = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ repository, sender: soft(user), action: soft(z.string()), ...shape });

const author = z.object({ name: soft(z.string()), username: soft(z.string()) });

export const pushPayload = of({
  ref: z.string().min(1),
  before: soft(z.string()),
  after: z.string().min(1),
  created: soft(z.boolean()),
  deleted: soft(z.boolean()),
  forced: soft(z.boolean()),
  compare: soft(z.string()),
  commits: softList(writtenCommit.extend({ author: soft(author) })),
});

export const releasePayload = of({
  release: z.object({
    id: name,
    tag_name: z.string(),
    name: soft(z.string()),
    body: soft(z.string()),
    html_url: soft(z.string()),
    draft: soft(z.boolean()),
    prerelease: soft(z.boolean()),
    author: soft(user),
    published_at: soft(z.string()),
  }),
});

const discussed = {
  number: name,
  title: z.string(),
  body: soft(z.string()),
  html_url: soft(z.string()),
  user: soft(user),
  created_at: soft(z.string()),
  updated_at: soft(z.string()),
  closed_at: soft(z.string()),
};
const branch = soft(z.object({ ref: soft(z.string()) }));

export const pullRequestPayload = of({
  pull_request: z.object({
    ...discussed,
    merged: soft(z.boolean()),
    merged_at: soft(z.string()),
    head: branch,
    base: branch,
  }),
});
export const issuePayload = of({ issue: z.object(discussed) });

export const runPayload = of({
  workflow_run: z.object({
    id: name,
    name: soft(z.string()),
    run_number: soft(name),
    run_attempt: soft(z.number().int()),
    conclusion: soft(z.string()),
    head_branch: soft(z.string()),
    head_sha: soft(z.string()),
    html_url: soft(z.string()),
    actor: soft(user),
    updated_at: soft(z.string()),
  }),
});

export const starPayload = of({ starred_at: soft(z.string()) });

/** What stands where something is missing. */
export const EXAMPLE: Readonly<Record<string, string>> = {
  body: '{ "action": "published", "repository": { "id": 1, "full_name": "castle/keep" }, … }',
  repository: '{ "id": 1, "full_name": "castle/keep", … }',
  'repository.id': '1',
  'repository.full_name': '"castle/keep"',
  ref: '"refs/heads/main"',
  after: '"6113728f27ae82c7b1a177c8d03f9e96e0adf246"',
  release: '{ "id": 1, "tag_name": "v1.0.0", … }',
  'release.id': '1',
  'release.tag_name': '"v1.0.0"',
  pull_request: '{ "number": 2, "title": "Lower the drawbridge", … }',
  'pull_request.number': '2',
  'pull_request.title': '"Lower the drawbridge"',
  issue: '{ "number": 3, "title": "The moat is dry", … }',
  'issue.number': '3',
  'issue.title': '"The moat is dry"',
  workflow_run: '{ "id": 4, "conclusion": "success", … }',
  'workflow_run.id': '4',
};

export const userOf = (told: z.output<typeof user> | null): Person | null =>
  told === null ? null : person(told.login, { url: told.html_url, avatarUrl: told.avatar_url });

export const authorOf = (told: z.output<typeof author> | null): Person | null =>
  person(told?.username ?? told?.name, {
    url: told?.username == null ? null : `https://github.com/${addressPart(told.username)}`,
  });

export const placeOf = (told: z.output<typeof repository>): Place => ({
  name: line(told.full_name, 200),
  url: url(told.html_url),
});
