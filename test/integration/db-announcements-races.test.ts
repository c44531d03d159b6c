import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAnnouncementRecorder } from '../../src/db/announcements';
import { commitIdentity } from '../../src/domain/announcements/identity';
import { push, video } from '../../src/domain/announcements/samples';
import { delivery, routed, SOURCE, source } from '../contracts/announcement-fixtures';
import { GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import { MINUTE, START } from '../contracts/watch-fixtures';

const records = freshRecords(undefined, { poolMax: 12 });
const recorder = () => createAnnouncementRecorder(records.knex);
const define = () => recorder().applySources(GUILD, 'file', [source(), source('other')]);
beforeEach(define);

const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);
const DIGEST = { digestMs: 10 * MINUTE };

describe('at the same instant', () => {
  it('many deliveries of one content come, of two sources: one makes the post', async () => {
    const plans = await Promise.all(
      indexes(12).map((n) =>
        recorder().plan(
          delivery(`d${n}`, { sourceId: n % 2 === 0 ? SOURCE : 'other' }),
          [routed(video())],
          START,
        ),
      ),
    );
    expect(plans.flatMap((plan) => plan?.posts ?? [])).toHaveLength(1);
  });

  it('one delivery is planned by many: all get the same answer', async () => {
    const plans = await Promise.all(
      indexes(8).map(() => recorder().plan(delivery('d1'), [routed(video())], START)),
    );
    for (const plan of plans) expect(plan).toEqual(plans[0]);
  });

  it('many join a digest that is not there yet: there is one', async () => {
    const plans = await Promise.all(
      indexes(12).map((n) =>
        recorder().plan(
          delivery(`d${n}`),
          [routed(video({ identity: `video:${n}` }), DIGEST)],
          START,
        ),
      ),
    );
    const [post] = plans.flatMap((plan) => plan?.posts ?? []);
    expect(plans.filter((plan) => plan?.joined === true)).toHaveLength(11);
    expect((await recorder().takePost(post?.key ?? ''))?.contents).toHaveLength(12);
  });

  it('a digest is taken and joined: each content is in the post that is shown, or in another', async () => {
    for (const round of indexes(5)) {
      const item = (n: number) => routed(video({ identity: `video:${round}:${n}` }), DIGEST);
      const first = await recorder().plan(delivery(`${round}-0`), [item(0)], START);
      const key = first?.posts[0]?.key ?? '';
      const [taken, ...plans] = await Promise.all([
        recorder().takePost(key),
        ...indexes(4).map((n) =>
          recorder().plan(delivery(`${round}-${n + 1}`), [item(n + 1)], START),
        ),
      ]);
      const others = plans.flatMap((plan) => plan?.posts ?? []);
      const rest = await Promise.all(others.map((post) => recorder().takePost(post.key)));
      const shown = [taken, ...rest].flatMap((post) => post?.contents ?? []);
      expect(new Set(shown.map(({ item: { identity } }) => identity)).size).toBe(5);
      expect(shown).toHaveLength(5);
    }
  });

  it('a source is removed while it delivers: nothing is half recorded', async () => {
    await Promise.all([
      ...indexes(8).map((n) =>
        recorder().plan(delivery(`d${n}`), [routed(video({ identity: `v:${n}` }))], START),
      ),
      recorder().applySources(GUILD, 'file', []),
    ]);
    expect(await records.knex('deliveries')).toEqual([]);
    expect(await recorder().plan(delivery('late'), [], START)).toBeNull();
  });

  it('whatever overlaps comes: each commit is shown once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }), {
          minLength: 2,
          maxLength: 8,
        }),
        fc.boolean(),
        async (pushes, digest) => {
          await records.empty();
          await define();
          const commit = (n: number) => ({
            ...{ identity: commitIdentity(`c${n}`), sha: `c${n}`, title: 'T' },
            ...{ author: null, url: null, at: 0 },
          });
          const plans = await Promise.all(
            pushes.map((shas, n) =>
              recorder().plan(
                delivery(`d${n}`),
                [
                  routed(
                    push({ identity: `push:${n}`, commits: shas.map(commit) }),
                    digest ? DIGEST : {},
                  ),
                ],
                START,
              ),
            ),
          );
          const keys = plans.flatMap((plan) => plan?.posts ?? []).map(({ key }) => key);
          const posts = await Promise.all(keys.map((key) => recorder().takePost(key)));
          const shown = posts
            .flatMap((post) => post?.contents ?? [])
            .flatMap(({ item }) => (item.kind === 'push' ? item.commits : []))
            .map(({ sha }) => sha);
          expect(shown.toSorted()).toEqual(
            [...new Set(pushes.flat())].map((n) => `c${n}`).toSorted(),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});
