import { z } from 'zod';
import { line } from '../../../domain/announcements/bounds';
import type { Person, Place } from '../../../domain/announcements/item';
import { list, name, person, soft, softList, url } from '../read';

const link = soft(z.object({ href: soft(z.string()) }));
const links = soft(z.object({ html: link, avatar: link, commits: link }));

const user = z.object({
  display_name: soft(z.string()),
  nickname: soft(z.string()),
  links,
});
const repository = z.object({
  uuid: soft(z.string()),
  full_name: z.string().min(1),
  links,
});
const of = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ repository, actor: soft(user), ...shape });

export const commit = z.object({
  hash: z.string().min(1),
  message: z.string().catch(''),
  date: soft(z.string()),
  author: soft(z.object({ raw: soft(z.string()), user: soft(user) })),
  links,
});

const ref = soft(
  z.object({
    type: soft(z.string()),
    name: z.string().min(1),
    target: soft(z.object({ hash: z.string().min(1), date: soft(z.string()) })),
  }),
);

export const pushPayload = of({
  push: z.object({
    changes: list(
      z.object({
        old: ref,
        new: ref,
        forced: soft(z.boolean()),
        truncated: soft(z.boolean()),
        commits: softList(commit),
        links,
      }),
    ),
  }),
});

const end = soft(z.object({ branch: soft(z.object({ name: soft(z.string()) })) }));

export const pullRequestPayload = of({
  pullrequest: z.object({
    id: name,
    title: z.string(),
    description: soft(z.string()),
    author: soft(user),
    source: end,
    destination: end,
    created_on: soft(z.string()),
    updated_on: soft(z.string()),
    links,
  }),
});

export const statusPayload = of({
  commit_status: z.object({
    key: z.string(),
    name: soft(z.string()),
    state: z.string(),
    url: soft(z.string()),
    refname: soft(z.string()),
    updated_on: soft(z.string()),
    commit: soft(z.object({ hash: soft(z.string()) })),
  }),
});

export const EXAMPLE: Readonly<Record<string, string>> = {
  body: '{ "actor": { … }, "repository": { "full_name": "castle/keep" }, "push": { … } }',
  repository: '{ "full_name": "castle/keep", … }',
  'repository.full_name': '"castle/keep"',
  push: '{ "changes": [ { "new": { "type": "branch", "name": "main" }, … } ] }',
  'push.changes': '[ { "new": { "type": "branch", "name": "main" }, … } ]',
  pullrequest: '{ "id": 2, "title": "Lower the drawbridge", … }',
  'pullrequest.id': '2',
  'pullrequest.title': '"Lower the drawbridge"',
  commit_status: '{ "key": "build", "state": "SUCCESSFUL", … }',
  'commit_status.key': '"build"',
  'commit_status.state': '"SUCCESSFUL"',
};

export const userOf = (told: z.output<typeof user> | null): Person | null =>
  person(told?.display_name ?? told?.nickname, {
    url: told?.links?.html?.href ?? null,
    avatarUrl: told?.links?.avatar?.href ?? null,
  });

/** Who has no account is known by what stands in the commit: the name, never the address. */
export const authorOf = (told: z.output<typeof commit>['author']): Person | null =>
  userOf(told?.user ?? null) ?? person(told?.raw?.split('<', 1)[0]?.trim());

export const placeOf = (told: z.output<typeof repository>): Place => ({
  name: line(told.full_name, 200),
  url: url(told.links?.html?.href),
});

/** What stays the same when a repository is renamed. */
export const scopeOf = (told: z.output<typeof repository>): string => told.uuid ?? told.full_name;
