import { z } from 'zod';
import type { RestEntry } from '../../../sandbox';
import { channelNameWorkflowId } from '../../../workflows/channel-name/contract';
import type { Finding } from '../evidence/finding';
import { grouped } from '../evidence/grouped';
import { iso } from './check-checks';
import type { WatchedLife, WatchEvidence } from './watch-evidence';

/** Discord's limit: 2 changes of a channel's name in 10 minutes. */
const MOST = 2;
const WITHIN_MS = 600_000;
/** Our clock and Discord's count them from different moments. */
const MARGIN_MS = 20_000;

const named = z.object({ name: z.string() });

/** Channels end with the right name, or wait for Discord's limit, which was never met. */
export function checkNames(evidence: WatchEvidence, untilNamed: boolean): Finding {
  const { requests, lives } = evidence;
  const defects: string[] = [];
  const tries = requests.filter(
    ({ method, path, requestBody }) =>
      method === 'PATCH' && /^\/channels\/\d+$/.test(path) && named.safeParse(requestBody).success,
  );
  const refused = tries.filter(({ status, fault }) => status === 429 && fault === null);
  for (const { at, path } of refused) defects.push(`${path} was renamed too often at ${iso(at)}`);
  const changes = grouped(
    tries.filter(({ committed }) => committed),
    ({ path }) => path,
  );
  for (const [path, made] of changes) {
    const instants = made.map(({ at, ms }) => at - ms).sort((one, other) => one - other);
    for (const [index, at] of instants.entries()) {
      const third = instants[index + MOST];
      if (third === undefined || third - at >= WITHIN_MS) continue;
      defects.push(`${path} was renamed three times from ${iso(at)} to ${iso(third)}`);
    }
  }
  let waiting = 0;
  for (const life of lives) {
    const verdict = asWished(life, evidence, tries);
    if (verdict === 'waits' && !untilNamed) waiting += 1;
    else if (verdict !== 'shown') defects.push(`${life.planned.id}: its channel ${verdict}`);
  }
  return {
    figures: [
      ['status channels', lives.filter(({ channel }) => channel !== null).length],
      ['changes of their names', [...changes.values()].flat().length],
      ['tries that Discord spoilt', tries.filter(({ fault }) => fault !== null).length],
      ['names that wait for the limit', waiting],
    ],
    defects,
  };
}

function asWished(
  { planned, turns, channel }: WatchedLife,
  { workflows, takenAt }: WatchEvidence,
  tries: readonly RestEntry[],
): string {
  if (channel === null) return 'shown';
  const right = planned.channel?.finally(turns.at(-1)?.players ?? 0);
  // What is wished is not written yet as a text channel writes it.
  const plain = (name: string): string => name.toLowerCase().replace(/[\s/]+/g, '-');
  if (right === undefined || channel.wished === null || plain(channel.wished) !== plain(right)) {
    return `is wished to be ${channel.wished ?? 'nothing'}; right were ${right ?? 'nothing'}`;
  }
  if (channel.shown === right) return 'shown';
  const lately = tries.filter(
    ({ path, at }) => path === `/channels/${channel.id}` && at > takenAt - WITHIN_MS - MARGIN_MS,
  );
  const runs = workflows.some(
    ({ workflowId, status }) =>
      status === 'RUNNING' && workflowId === channelNameWorkflowId(channel.id),
  );
  if (!runs) return `is ${channel.shown ?? 'gone'}, should be ${right}, and nobody is at it`;
  return lately.length > 0 ? 'waits' : `is ${channel.shown ?? 'gone'}, and waits for nothing`;
}
