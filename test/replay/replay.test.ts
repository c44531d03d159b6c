import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../worker/bundle';

/** One folder for each released shape of the workflows; a history in it is never made anew. */
const FOLDER = join(__dirname, 'histories');

/** Lives that must be there for a replay to prove anything, by the release that brought their workflows. */
const LIVES: Readonly<Record<string, readonly string[]>> = {
  '0.1.0': [
    'refused-by-a-limit',
    'claimed-resolved-closed',
    'raised-by-a-person',
    'inactivity-warned-and-closed',
    'reopened',
    'closed-with-discord-failing',
    'closed-with-storage-failing',
    'channel-deleted-by-hand',
  ],
  '0.2.0': [
    'channel-gone',
    'channel-name-forbidden',
    'channel-name-respected',
    'channel-name-waits',
    'channel-name-with-discord-failing',
    'incident-acknowledged-and-over',
    'incident-of-one-host',
    'incident-raised-and-reminded',
    'incident-with-discord-failing',
    'maintenance-ended-early',
    'round-of-many-servers',
    'round-with-news',
    'server-added',
  ],
  '0.3.0': [
    'account-after-an-outage',
    'account-of-somebody-who-left',
    'account-refused',
    'account-unregistered',
    'registration-cancelled',
    'registration-heard-on-a-server',
    'registration-locked',
    'registration-of-a-taken-account',
    'registration-refused',
    'registration-stops-listening',
    'registration-timed-out',
    'registration-verified',
    'registration-with-early-guesses',
    'registration-with-new-codes',
    'whitelist-applied',
    'whitelist-fetched-by-a-plugin',
    'whitelist-in-a-new-run',
    'whitelist-of-a-server-that-was-away',
    'whitelist-wanted-meanwhile',
  ],
  '0.4.0': [
    'announcement-after-quiet-hours',
    'announcement-filtered',
    'announcement-of-a-channel-that-is-gone',
    'announcement-of-a-source-that-is-gone',
    'announcement-posted',
    'announcement-published-later',
    'announcement-with-commits-that-were-asked-for',
    'announcement-with-discord-failing',
    'announcement-with-its-service-away',
    'mirror-held-up',
    'mirror-in-a-burst',
    'mirror-of-a-filtered-message',
    'mirror-of-a-quiet-message',
    'mirror-of-an-edited-message',
    'mirror-review',
    'source-added',
    'source-secret-exchanged',
    'source-setup-in-vain',
    'subscription-after-a-day-down',
    'subscription-in-trouble',
    'subscription-of-a-channel',
    'subscription-renewed-for-a-month',
  ],
};

const releases = readdirSync(FOLDER).filter((name) => statSync(join(FOLDER, name)).isDirectory());

function histories(release: string): string[] {
  return readdirSync(join(FOLDER, release)).filter((name) => name.endsWith('.json'));
}

describe('histories of running workflows', () => {
  let bundle: Awaited<ReturnType<typeof workflowBundle>>;

  beforeAll(async () => {
    bundle = await workflowBundle();
  });

  it('are kept of every release that brought workflows', () => {
    expect(releases).toEqual(expect.arrayContaining(Object.keys(LIVES)));
  });

  it.each(releases)('cover the lives that %s knows', (release) => {
    const names = histories(release).map((name) => name.replace(/\.json$/, ''));
    expect(names).toEqual(expect.arrayContaining([...(LIVES[release] ?? [])]));
  });

  it.each(releases.flatMap((release) => histories(release).map((name) => join(release, name))))(
    'replay %s',
    async (path) => {
      const history = historyFromJSON(JSON.parse(readFileSync(join(FOLDER, path), 'utf8')));
      await expect(
        Worker.runReplayHistory({ workflowBundle: bundle }, history, 'ticket-replayed'),
      ).resolves.toBeUndefined();
    },
  );

  it('do not replay when a step is missing', async () => {
    const path = join(FOLDER, '0.1.0', 'raised-by-a-person.json');
    const history = historyFromJSON(JSON.parse(readFileSync(path, 'utf8')));
    const changed = (history.events ?? []).map((event) => {
      const scheduled = event.activityTaskScheduledEventAttributes;
      if (scheduled?.activityType?.name === 'showTicket') scheduled.activityType.name = 'unknown';
      return event;
    });
    await expect(
      Worker.runReplayHistory({ workflowBundle: bundle }, { events: changed }, 'ticket-replayed'),
    ).rejects.toThrow(/[Nn]ondeterminism|TMPRL1100/);
  });
});
