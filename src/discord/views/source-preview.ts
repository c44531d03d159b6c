import { ComponentType, type APIEmbed } from 'discord-api-types/v10';
import type { RenderedPost } from '../../domain/announcements/rendering';
import type { Route } from '../../domain/announcements/settings';
import { inline } from '../../domain/text';
import { previewId, sourceCardId } from '../announcements/ids';
import { announcementEmbed } from './announcement';
import { answer, type Answer } from './answer';
import { pageButtons } from './page-buttons';
import { button } from './source-card';
import { literal, named } from './source-words';
import { moment } from './time';

/** What would become of a sample on one of a source's routes. */
export type RouteVerdict =
  | {
      readonly route: Route;
      readonly verdict: 'posted';
      readonly post: RenderedPost;
      /** When its digest or quiet hours would end, in milliseconds since the epoch; `null`: at once. */
      readonly dueAt: number | null;
    }
  /** `reason`: a sentence. */
  | { readonly route: Route; readonly verdict: 'held'; readonly reason: string }
  /** A route before it has taken it for the same channel. */
  | { readonly route: Route; readonly verdict: 'taken' };

export interface PreviewView {
  /** The source's word. */
  readonly id: string;
  /** What filters call the sample, such as `push`. */
  readonly event: string;
  /** Its place, counted from 0, and how many there are. */
  readonly sample: number;
  readonly samples: number;
  readonly routes: readonly RouteVerdict[];
}

/** Lines of at most about 180 characters, and what stands above three posts: they stay below the 2,000 of a message. */
const MOST_LINES = 6;
const MOST_POSTS = 3;
const CONTENT_MAX = 200;
/** Discord takes 6,000 characters in all embeds of a message together; one alone may have as many. */
const EMBEDS_MAX = 6_000;

/** What a sample of a source would look like, with the filters' verdicts. Only who asked for it sees it. */
export function previewAnswer(view: PreviewView): Answer {
  const posts = distinct(
    view.routes.flatMap((each) => (each.verdict === 'posted' ? [each.post] : [])),
  );
  const shown = fitting(posts.slice(0, MOST_POSTS));
  const more = view.routes.length - MOST_LINES;
  return answer(
    [
      `${named(view.id)} · sample ${view.sample + 1} of ${view.samples}, the event ${literal(view.event)}. Nothing was posted.`,
      ...view.routes.slice(0, MOST_LINES).map(line),
      ...(more > 0 ? [`… and ${more} more routes`] : []),
      ...(posts.length > shown.length ? ['-# There is no room here for all of the posts.'] : []),
      ...shown.flatMap(({ content }) =>
        content === null ? [] : [`> ${inline(content, { max: CONTENT_MAX, empty: '…' })}`],
      ),
    ].join('\n'),
    {
      embeds: shown.map(({ embed }) => announcementEmbed(embed)),
      components: [
        ...pageButtons({ page: view.sample, pages: view.samples }, (sample) =>
          previewId.encode({ id: view.id, sample }),
        ),
        {
          type: ComponentType.ActionRow,
          components: [button('The source', sourceCardId.encode({ id: view.id }))],
        },
      ],
    },
  );
}

function line(of: RouteVerdict): string {
  const where = `<#${of.route.channelId}>`;
  switch (of.verdict) {
    case 'posted':
      return `✅ → ${where}: posted like this${of.dueAt === null ? '' : `, ${moment(of.dueAt)}`}.`;
    case 'held':
      return `🧹 → ${where}: held back. ${inline(of.reason, { max: 120, empty: '…' })}`;
    case 'taken':
      return `➖ → ${where}: the route above it has taken it already.`;
  }
}

/** Routes that show it alike are one. */
function distinct(posts: readonly RenderedPost[]): readonly RenderedPost[] {
  return [...new Map(posts.map((post) => [JSON.stringify(post), post])).values()];
}

/** The first ones, as far as there is room. */
function fitting(posts: readonly RenderedPost[]): readonly RenderedPost[] {
  const shown: RenderedPost[] = [];
  let room = EMBEDS_MAX;
  for (const post of posts) {
    room -= lengthOf(announcementEmbed(post.embed));
    if (room < 0) break;
    shown.push(post);
  }
  return shown;
}

/** As Discord counts it. */
function lengthOf({ title, description, author, footer, fields = [] }: APIEmbed): number {
  return [
    title,
    description,
    author?.name,
    footer?.text,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ].reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
