import { readsDifferently } from './difference';
import type { Item, Push } from './item';
import type { Route } from './settings';

/**
 * Works out what a delivery changes about what its channels show: which posts it makes, which it joins, and
 * which of those that are there read differently from now on.
 */

/** An item that a route lets through. */
export interface Routed {
  readonly route: Route;
  readonly item: Item;
  /** Not before then: the end of its digest window or of quiet hours, or now. */
  readonly dueAt: number;
}

/** What a channel has already. */
export interface KnownContent {
  readonly channelId: string;
  readonly identity: string;
  /** `null`: it is part of another content, such as a commit of a push. */
  readonly item: Item | null;
  readonly deleted: boolean;
  readonly post: KnownPost;
}

export interface KnownPost {
  readonly key: string;
  readonly status: 'planned' | 'shown' | 'gone' | 'failed';
}

/** A digest that news may join. */
export interface OpenDigest {
  readonly channelId: string;
  readonly key: string;
  /** How many contents still fit. */
  readonly room: number;
}

export interface NewContent {
  readonly identity: string;
  readonly item: Item | null;
}

export interface NewPost {
  readonly route: Route;
  readonly dueAt: number;
  readonly contents: readonly NewContent[];
}

export interface Changes {
  readonly posts: readonly NewPost[];
  /** Contents that are added to digests that are there, by their keys. */
  readonly joined: ReadonlyMap<string, { channelId: string; contents: readonly NewContent[] }>;
  readonly changed: readonly {
    channelId: string;
    identity: string;
    item: Item;
    deleted: boolean;
  }[];
  /** Posts that are there and show something else from now on; those that are joined are not among them. */
  readonly touched: readonly KnownPost[];
}

/** Contents of one digest: what comes then begins another one. */
export const MOST_IN_DIGEST = 500;

/**
 * @param known what the channels have of the items' identities and of their commits
 * @param digests those that are open in the channels of the routes; at most one a channel
 * @param anew what could not be shown, or was deleted in Discord since, is posted again
 */
export function changesOf(
  routed: readonly Routed[],
  known: readonly KnownContent[],
  digests: readonly OpenDigest[],
  { anew }: { readonly anew: boolean },
): Changes {
  const planning = new Planning(known, digests, anew);
  for (const one of routed) planning.take(one);
  return planning;
}

const placeOf = (channelId: string, identity: string) => `${channelId} ${identity}`;

interface GrowingPost extends NewPost {
  readonly contents: NewContent[];
}

/** What becomes of it while the items are taken one after the other. */
interface Shown {
  item: Item | null;
  deleted: boolean;
  /** `null`: this delivery brings it; what it tells of it next stands there with it. */
  readonly post: KnownPost | null;
}

class Planning implements Changes {
  readonly posts: GrowingPost[] = [];
  readonly joined = new Map<string, { channelId: string; contents: NewContent[] }>();
  readonly #changed = new Map<string, Changes['changed'][number]>();
  readonly #touched = new Map<string, KnownPost>();
  readonly #shown = new Map<string, Shown>();
  /** Where more fits, by channel. */
  readonly #open = new Map<string, { contents: NewContent[]; most: number }>();

  constructor(
    known: readonly KnownContent[],
    private readonly digests: readonly OpenDigest[],
    anew: boolean,
  ) {
    for (const { channelId, identity, item, deleted, post } of known) {
      if (anew && (post.status === 'gone' || post.status === 'failed')) continue;
      this.#shown.set(placeOf(channelId, identity), { item, deleted, post });
    }
  }

  get changed() {
    return [...this.#changed.values()];
  }

  get touched() {
    return [...this.#touched.values()];
  }

  take({ route, item, dueAt }: Routed): void {
    const shown = this.#shown.get(placeOf(route.channelId, item.identity));
    if (shown !== undefined) this.#change(route.channelId, shown, item);
    else if (item.change !== 'deleted') this.#add(route, item, dueAt);
  }

  #change(channelId: string, shown: Shown, item: Item): void {
    const { post } = shown;
    if (shown.item === null || post === null) return;
    const next = nextOf({ item: shown.item, deleted: shown.deleted }, item);
    if (next === null) return;
    Object.assign(shown, next);
    const { identity } = item;
    this.#changed.set(placeOf(channelId, identity), { channelId, identity, ...next });
    this.#touched.set(post.key, post);
  }

  #add(route: Route, item: Item, dueAt: number): void {
    const { channelId } = route;
    const told = item.kind === 'push' ? this.#withoutKnown(channelId, item) : item;
    if (told === null) return;
    const parts = told.kind === 'push' ? told.commits.map(({ identity }) => identity) : [];
    const contents = [
      { identity: told.identity, item: told },
      ...parts
        .filter((identity) => identity !== told.identity)
        .map((identity) => ({ identity, item: null })),
    ];
    for (const { identity, item: shown } of contents) {
      this.#shown.set(placeOf(channelId, identity), { item: shown, deleted: false, post: null });
    }
    this.#placeFor(route, dueAt).push(...contents);
  }

  /** `null`: the channel has all of it. */
  #withoutKnown(channelId: string, push: Push): Push | null {
    const isKnown = (identity: string) => this.#shown.has(placeOf(channelId, identity));
    const commits = push.commits.filter(({ identity }) => !isKnown(identity));
    if (commits.length === push.commits.length) return push;
    if (commits.length === 0) return null;
    const [oldest] = push.commits;
    // Those that the source left out are older still.
    const more = oldest !== undefined && isKnown(oldest.identity) ? 0 : push.more;
    return { ...push, commits, more };
  }

  #placeFor(route: Route, dueAt: number): NewContent[] {
    const { channelId } = route;
    if (route.digestMs > 0) {
      const open = this.#open.get(channelId) ?? this.#joinable(channelId);
      if (open !== null && open.contents.length < open.most) return open.contents;
    }
    const post: GrowingPost = { route, dueAt, contents: [] };
    this.posts.push(post);
    if (route.digestMs > 0) {
      this.#open.set(channelId, { contents: post.contents, most: MOST_IN_DIGEST });
    }
    return post.contents;
  }

  #joinable(channelId: string): { contents: NewContent[]; most: number } | null {
    const digest = this.digests.find((one) => one.channelId === channelId);
    if (digest === undefined || digest.room <= 0) return null;
    const contents: NewContent[] = [];
    this.joined.set(digest.key, { channelId, contents });
    const open = { contents, most: digest.room };
    this.#open.set(channelId, open);
    return open;
  }
}

/** What is shown of a content after the news; `null`: the same as before. */
function nextOf(
  before: { readonly item: Item; readonly deleted: boolean },
  news: Item,
): { readonly item: Item; readonly deleted: boolean } | null {
  if (news.change === 'deleted') return before.deleted ? null : { ...before, deleted: true };
  // What lists what there is may list it for a while after it is gone.
  if (before.deleted) return news.change === 'present' ? null : { item: news, deleted: false };
  // It came late: the post shows what it was changed to since.
  if (news.change === 'created' && before.item.change === 'edited') return null;
  return readsDifferently(before.item, news) ? { item: news, deleted: false } : null;
}
