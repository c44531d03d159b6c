import { describe, expect, it } from '@jest/globals';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import { renderPost } from '../../domain/announcements/rendering';
import { sampleItems } from '../../domain/announcements/rendering/samples';
import type { Origin, Template } from '../../domain/announcements/settings';
import { NOW, route } from '../../../test/contracts/source-fixtures';
import { previewAnswer, type RouteVerdict } from './source-preview';

const ORIGINS: readonly Origin[] = [
  { provider: 'bitbucket' },
  { provider: 'github' },
  { provider: 'gitlab' },
  { provider: 'twitch' },
  { provider: 'youtube', channelId: 'UC1' },
  { provider: 'feed', address: 'https://x.example/feed', everyMs: 1, allowInternal: false },
  { provider: 'zapier', mapping: 'plain' },
  {
    provider: 'generic',
    authentication: { kind: 'standard-webhooks' },
    mapping: { title: '$.title' },
  },
];

const posted = (
  origin: Origin,
  sample: number,
  template: Template = {},
  more: Parameters<typeof route>[0] = {},
): RouteVerdict => {
  const item = sampleItems(origin, NOW)[sample];
  if (item === undefined) throw new RangeError(`There is no sample ${sample}.`);
  const post = renderPost([{ item, deleted: false }], { template, language: 'en' });
  return { route: route(more), verdict: 'posted', post, dueAt: null };
};

const view = (routes: readonly RouteVerdict[]) =>
  previewAnswer({ id: 'keep', event: 'push', sample: 0, samples: 3, routes });

describe('a preview', () => {
  it('shows the post and what the filters say, and pings nobody', () => {
    const shown = view([
      posted({ provider: 'github' }, 0, {}, { ping: { roleId: '9', everyMs: 0 } }),
      { route: route({ channelId: '501' }), verdict: 'held', reason: 'The branch does not fit.' },
      { route: route(), verdict: 'taken' },
    ]);
    expect(shown.content.split('\n')).toEqual([
      '**keep** · sample 1 of 3, the event `push`. Nothing was posted.',
      '✅ → <#500>: posted like this.',
      '🧹 → <#501>: held back. The branch does not fit.',
      '➖ → <#500>: the route above it has taken it already.',
    ]);
    expect(shown.embeds).toHaveLength(1);
    expect(shown.embeds[0]?.description).toContain('drawbridge');
    expect(shown.allowed_mentions).toEqual({ parse: [] });
  });

  it('says when it would be posted, if not at once', () => {
    const post = { ...posted({ provider: 'github' }, 0), dueAt: NOW };
    expect(view([post]).content).toContain(
      'posted like this, <t:1800000000:f> (<t:1800000000:R>).',
    );
  });

  it('shows once what several routes show alike', () => {
    const origin: Origin = { provider: 'github' };
    const routes = ['1', '2', '3'].map((channelId) => posted(origin, 0, {}, { channelId }));
    expect(view(routes).embeds).toHaveLength(1);
    expect(view([...routes, posted(origin, 0, { title: 'Other' })]).embeds).toHaveLength(2);
  });

  it('fits for every sample, however long the words around it', () => {
    const long: Template = { content: 'x'.repeat(1_000), description: 'y'.repeat(1_000) };
    for (const origin of ORIGINS) {
      for (const sample of sampleItems(origin, NOW).keys()) {
        const routes = Array.from({ length: 10 }, (_, index) =>
          posted(origin, sample, { ...long, title: String(index) }, { channelId: '9'.repeat(20) }),
        );
        const held: RouteVerdict = {
          route: route(),
          verdict: 'held',
          reason: '@everyone '.repeat(100),
        };
        expect(breaches(view(routes))).toEqual([]);
        expect(breaches(view([held, ...routes]))).toEqual([]);
        expect(view([held]).content).not.toContain('@everyone');
      }
    }
  });

  it('says that there was no room for all', () => {
    const crowded = posted({ provider: 'github' }, 0);
    if (crowded.verdict !== 'posted') throw new Error('It is posted.');
    const routes = ['a', 'b'].map((title): RouteVerdict => ({
      ...crowded,
      post: {
        ...crowded.post,
        embed: { ...crowded.post.embed, title, description: 'z'.repeat(4_000) },
      },
    }));
    const shown = view(routes);
    expect(shown.embeds).toHaveLength(1);
    expect(shown.content).toContain('There is no room here for all of the posts.');
    expect(breaches(shown)).toEqual([]);
  });

  it('leads to the other samples', () => {
    const ids = JSON.stringify(view([posted({ provider: 'github' }, 0)]).components);
    expect(ids).toContain('1:srctest:keep:1');
    expect(ids).toContain('1:srccard:keep');
  });
});
