import { dueAt } from '../../domain/announcements/due';
import { passes } from '../../domain/announcements/filter';
import type { Item } from '../../domain/announcements/item';
import { renderPost } from '../../domain/announcements/rendering';
import { sampleItems } from '../../domain/announcements/rendering/samples';
import type { SourceSettings } from '../../domain/announcements/settings';
import type { Call } from '../interactions/call';
import type { Answer } from '../views/answer';
import { previewAnswer, type RouteVerdict } from '../views/source-preview';
import { noSource, sourceNamed } from './find';

/**
 * What a sample delivery of a source would look like in its channels; nothing is posted.
 *
 * @param sample its place, counted from 0; one that is not there is the last one
 * @throws DatabaseUnavailable
 */
export async function previewSource(call: Call, word: string, sample: number): Promise<Answer> {
  const source = await sourceNamed(call, word);
  if (source === null) return noSource(word);
  const { settings } = source;
  const now = Date.now();
  const samples = sampleItems(settings.origin, now);
  const place = Math.min(sample, samples.length - 1);
  const item = samples[place] ?? samples[0];
  return previewAnswer({
    id: settings.id,
    event: item.event,
    sample: place,
    samples: samples.length,
    routes: verdicts(settings, item, now),
  });
}

/** Of several routes to one channel the first that lets it through counts. */
function verdicts({ id, routes }: SourceSettings, item: Item, now: number): RouteVerdict[] {
  const taken = new Set<string>();
  return routes.map((route) => {
    if (taken.has(route.channelId)) return { route, verdict: 'taken' };
    const passage = passes(route.filter, item);
    if (!passage.passes) return { route, verdict: 'held', reason: passage.reason };
    taken.add(route.channelId);
    const { template, language } = route;
    const post = renderPost([{ item, deleted: false }], { template, language, sourceName: id });
    const due = dueAt(route, now);
    return { route, verdict: 'posted', post, dueAt: due > now ? due : null };
  });
}
