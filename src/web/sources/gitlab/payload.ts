import { z } from 'zod';
import { line } from '../../../domain/announcements/bounds';
import type { Person, Place } from '../../../domain/announcements/item';
import { writtenCommit } from '../commits';
import { name, person, soft, softList, url } from '../read';

const user = soft(z.object({ name: soft(z.string()), avatar_url: soft(z.string()) }));
const project = z.object({
  id: name,
  path_with_namespace: z.string(),
  web_url: soft(z.string()),
  default_branch: soft(z.string()),
});

export const pushPayload = z.object({
  project,
  ref: z.string().min(1),
  before: soft(z.string()),
  after: z.string().min(1),
  user_name: soft(z.string()),
  user_avatar: soft(z.string()),
  total_commits_count: soft(z.number().int().nonnegative()),
  commits: softList(writtenCommit.extend({ author: soft(z.object({ name: soft(z.string()) })) })),
});

export const releasePayload = z.object({
  project,
  id: name,
  action: soft(z.string()),
  tag: z.string(),
  name: soft(z.string()),
  description: soft(z.string()),
  url: soft(z.string()),
  released_at: soft(z.string()),
  commit: soft(z.object({ author: soft(z.object({ name: soft(z.string()) })) })),
});

export const mergeRequestPayload = z.object({
  project,
  user,
  object_attributes: z.object({
    iid: name,
    title: z.string(),
    description: soft(z.string()),
    action: soft(z.string()),
    url: soft(z.string()),
    source_branch: soft(z.string()),
    target_branch: soft(z.string()),
    created_at: soft(z.string()),
    updated_at: soft(z.string()),
  }),
  changes: soft(z.object({ title: z.unknown().optional(), description: z.unknown().optional() })),
});

export const pipelinePayload = z.object({
  project,
  user,
  object_attributes: z.object({
    id: name,
    iid: soft(name),
    name: soft(z.string()),
    status: z.string(),
    ref: soft(z.string()),
    tag: soft(z.boolean()),
    sha: soft(z.string()),
    url: soft(z.string()),
    finished_at: soft(z.string()),
  }),
});

export const EXAMPLE: Readonly<Record<string, string>> = {
  body: '{ "project": { "id": 1, "path_with_namespace": "castle/keep" }, … }',
  project: '{ "id": 1, "path_with_namespace": "castle/keep", … }',
  'project.id': '1',
  'project.path_with_namespace': '"castle/keep"',
  ref: '"refs/heads/main"',
  after: '"6113728f27ae82c7b1a177c8d03f9e96e0adf246"',
  id: '1',
  tag: '"v1.0.0"',
  object_attributes: '{ "iid": 2, "title": "Lower the drawbridge", … }',
  'object_attributes.iid': '2',
  'object_attributes.title': '"Lower the drawbridge"',
  'object_attributes.id': '4',
  'object_attributes.status': '"success"',
};

export const userOf = (told: z.output<typeof user>): Person | null =>
  person(told?.name, { avatarUrl: told?.avatar_url ?? null });

export const placeOf = (told: z.output<typeof project>): Place => ({
  name: line(told.path_with_namespace, 200),
  url: url(told.web_url),
});
