import { answer, type Answer } from './answer';
import { failureForStaff } from './failure';

/** What became of a panel that was to be posted. */
export type PanelOutcome =
  | { readonly outcome: 'posted'; readonly channelId: string }
  /** `code` is Discord's error code or ours; `reference` is what staff can look up. */
  | { readonly outcome: 'failed'; readonly code: string; readonly reference: string };

/** The answer to the administrator who asked for the panel. */
export function panelPosted(outcome: PanelOutcome): Answer {
  switch (outcome.outcome) {
    case 'posted':
      return answer(
        `The panel stands in <#${outcome.channelId}>. Its buttons go on working after restarts; pin it if you like.`,
      );
    case 'failed':
      return answer(
        `The panel could not be posted. ${
          outcome.code === 'panel-gone'
            ? 'It is not in the configuration any more; `/panel post` offers those that are.'
            : failureForStaff(outcome.code)
        }\nReference: \`${outcome.reference}\``,
      );
  }
}
