import type { MirrorActivities } from '../../workflows/mirror/activities';
import type { MirrorSetupActivities } from '../../workflows/mirror-setup/activities';
import { attempt } from '../attempt';
import { changeMirrors, tellMirrorSetupFailed } from './change-mirrors';
import type { MirrorDependencies } from './dependencies';
import { followMessage, reviewMirror } from './follow';

export { MIRROR_LIMITS, type MirrorDependencies } from './dependencies';

/** The mirrors' activities over real parts. */
export function createMirrorActivities(
  deps: MirrorDependencies,
): MirrorActivities & MirrorSetupActivities {
  const { log } = deps;
  return {
    followMessage: (request) => attempt(log, (run) => followMessage(deps, request, run)),
    reviewMirror: (request) => attempt(log, (run) => reviewMirror(deps, request, run)),
    changeMirrors: (input) => attempt(log, (run) => changeMirrors(deps, input, run)),
    tellMirrorSetupFailed: (input) =>
      attempt(log, (run) => tellMirrorSetupFailed(deps, input, run)),
  };
}
