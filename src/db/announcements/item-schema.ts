import { z } from 'zod';
import type { Commit, Item, PathList, Person, Place, Ref } from '../../domain/announcements/item';

/** Items as they are stored in jsonb. */

const text = z.string();
const address = text.nullable();
const time = z.number().nullable();

const person: z.ZodType<Person> = z.object({ name: text, url: address, avatarUrl: address });
const place: z.ZodType<Place> = z.object({ name: text, url: address });
const ref: z.ZodType<Ref> = z.object({ kind: z.enum(['branch', 'tag']), name: text });

export const commitSchema: z.ZodType<Commit> = z.object({
  identity: text,
  sha: text,
  title: text,
  author: person.nullable(),
  url: address,
  at: time,
});

const paths: z.ZodType<PathList> = z.object({ names: z.array(text), whole: z.boolean() });

const base = {
  identity: text,
  change: z.enum(['created', 'edited', 'deleted', 'present']),
  event: text,
  place: place.nullable(),
  author: person.nullable(),
  url: address,
  at: time,
};

const numbered = { ...base, number: text, title: text, text };

export const itemSchema: z.ZodType<Item> = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('push'),
    ref,
    head: text,
    forced: z.boolean(),
    commits: z.array(commitSchema),
    more: z.union([z.number(), z.literal('unknown')]),
    paths: paths.nullable(),
    authors: z.array(text),
  }),
  z.object({ ...base, kind: z.literal('ref'), ref, act: z.enum(['created', 'deleted']) }),
  z.object({
    ...base,
    kind: z.literal('release'),
    tag: text,
    title: text,
    text,
    prerelease: z.boolean(),
  }),
  z.object({
    ...numbered,
    kind: z.literal('merge-request'),
    act: z.enum(['opened', 'merged', 'closed', 'reopened']),
    from: text.nullable(),
    into: text.nullable(),
  }),
  z.object({
    ...numbered,
    kind: z.literal('issue'),
    act: z.enum(['opened', 'closed', 'reopened']),
  }),
  z.object({
    ...base,
    kind: z.literal('run'),
    title: text,
    number: text.nullable(),
    outcome: z.enum(['succeeded', 'failed', 'cancelled', 'other']),
    ref: ref.nullable(),
    head: text.nullable(),
  }),
  z.object({ ...base, kind: z.literal('stars'), count: z.number() }),
  z.object({ ...base, kind: z.literal('video'), id: text, title: text, imageUrl: address }),
  z.object({ ...base, kind: z.literal('entry'), title: text, text, imageUrl: address }),
  z.object({ ...base, kind: z.literal('stream'), act: z.enum(['online', 'offline']), title: text }),
  z.object({
    ...base,
    kind: z.literal('post'),
    title: text,
    text,
    imageUrl: address,
    fields: z.array(z.object({ name: text, value: text })),
  }),
]);
