import type { SubscriptionActivities } from '../../workflows/subscription/activities';
import { attempt } from '../attempt';
import { askHub, recordHub, unsubscribe } from './ask-hub';
import type { SubscriptionDependencies } from './dependencies';
import { eraseDeliveries } from './erase';
import { lookAtSource } from './look';
import { pollFeed } from './poll-feed';
import { tellTrouble } from './tell-trouble';

export type { SubscriptionDependencies } from './dependencies';

/** The activities of keeping sources over real parts. */
export function createSubscriptionActivities(
  deps: SubscriptionDependencies,
): SubscriptionActivities {
  const { log } = deps;
  return {
    lookAtSource: (source) => attempt(log, () => lookAtSource(deps, source)),
    askHub: (request) => attempt(log, (run) => askHub(deps, request, run)),
    recordHub: (request) => attempt(log, () => recordHub(deps, request)),
    unsubscribe: (request) => attempt(log, (run) => unsubscribe(deps, request, run)),
    pollFeed: (source) => attempt(log, (run) => pollFeed(deps, source, run)),
    tellTrouble: (request) => attempt(log, (run) => tellTrouble(deps, request, run)),
    eraseDeliveries: (request) => attempt(log, (run) => eraseDeliveries(deps, request, run)),
  };
}
