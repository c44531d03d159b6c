import type { SourceSetupActivities } from '../../workflows/source-setup/activities';
import { attempt } from '../attempt';
import { changeSource, tellSourceSetupFailed } from './change-source';
import type { SourceSetupDependencies } from './dependencies';

export type { SourceSetupDependencies } from './dependencies';

/** The activities of an administrator's changes to the sources, over real parts. */
export function createSourceSetupActivities(deps: SourceSetupDependencies): SourceSetupActivities {
  const { log } = deps;
  return {
    changeSource: (input) => attempt(log, (run) => changeSource(deps, input, run)),
    tellSourceSetupFailed: (input) =>
      attempt(log, (run) => tellSourceSetupFailed(deps, input, run)),
  };
}
