import type { MirrorSettings } from '../../domain/mirrors/settings';
import { inline } from '../../domain/text';
import { answer, type Answer } from './answer';

/** What became of an administrator's change to the mirrors. */
export type MirrorSetupOutcome =
  | {
      readonly outcome: 'added';
      readonly settings: MirrorSettings;
      readonly backfill: number;
      /** What is wrong with its channels, as sentences. */
      readonly warnings: readonly string[];
    }
  /** The other guild has to agree; `told`: its staff were asked in their channel. */
  | {
      readonly outcome: 'asked';
      readonly settings: MirrorSettings;
      readonly told: boolean;
      readonly warnings: readonly string[];
    }
  | { readonly outcome: 'exists' | 'unknown' | 'in-file' | 'removed'; readonly id: string }
  | { readonly outcome: 'agreed'; readonly id: string; readonly warnings: readonly string[] }
  | { readonly outcome: 'refused'; readonly id: string }
  /** Which of the channels cannot be used. */
  | { readonly outcome: 'invalid'; readonly reason: 'from' | 'to' | 'id' | 'edit-window' }
  | { readonly outcome: 'loop'; readonly names: readonly string[] }
  | { readonly outcome: 'failed'; readonly reference: string };

/** The answer to whoever asked for the change: what happened and what to do next. */
export function mirrorSetupAnswer(result: MirrorSetupOutcome): Answer {
  switch (result.outcome) {
    case 'added': {
      const { settings, backfill, warnings } = result;
      const before = backfill === 0 ? '' : ` Up to ${backfill} earlier messages are copied first.`;
      return answer(
        `✅ ${named(settings.id)}: what is written in <#${settings.fromChannelId}> from now on is copied into <#${settings.to.channelId}>.${before}${warned(warnings)}`,
      );
    }
    case 'asked':
      return answer(
        `⏳ ${named(result.settings.id)} waits for an administrator of the other server, who agrees with \`/mirror list\` there. ${
          result.told
            ? 'Its staff were asked in their log channel.'
            : 'Tell them: that server has no log channel in which I could ask.'
        } Nothing is copied before.${warned(result.warnings)}`,
      );
    case 'exists':
      return answer(
        `There is a mirror ${named(result.id)} already. \`/mirror remove\` removes it, or choose another word.`,
      );
    case 'unknown':
      return answer(`There is no mirror ${named(result.id)} here. \`/mirror list\` shows all.`);
    case 'in-file':
      return answer(
        `${named(result.id)} is defined in the configuration file: remove it there and restart the worker.`,
      );
    case 'removed':
      return answer(
        `✅ ${named(result.id)} copies nothing any more. What it copied stays, and is not changed any more.`,
      );
    case 'agreed':
      return answer(
        `✅ ${named(result.id)} copies into this server from now on. \`/mirror list\` can end that.${warned(result.warnings)}`,
      );
    case 'refused':
      return answer(`✅ ${named(result.id)} copies nothing into this server.`);
    case 'invalid':
      return answer(INVALID[result.reason]);
    case 'loop':
      return answer(
        `That would copy messages in a circle: ${result.names.map(named).join(' → ')}. Nothing was changed; leave out one of them.`,
      );
    case 'failed':
      return answer(
        `⚠️ That was not possible in time, and nothing may have been changed. Look with \`/mirror list\` and try again; if it fails again, tell whoever runs me the reference \`${result.reference}\`.`,
      );
  }
}

const INVALID: Readonly<Record<'from' | 'to' | 'id' | 'edit-window', string>> = {
  from: 'I cannot read the channel to copy from. It must be a text or announcement channel of this server in which I may view messages and their history.',
  to: 'I cannot find the channel to copy into. It must be a text or announcement channel of a server that I am in, and I must be allowed to view it. Its id is in its menu (Copy Channel ID, with Developer Mode on).',
  id: 'The word for it must have 1 to 32 lower-case letters, digits, - and _, and begin with a letter or digit.',
  'edit-window': 'The time for which edits are followed must be from 0s to 30d, such as 1h or 7d.',
};

/** Lines below what happened. */
function warned(warnings: readonly string[]): string {
  return warnings.map((warning) => `\n⚠️ ${warning}`).join('');
}

function named(id: string): string {
  return `**${inline(id, { max: 80, empty: 'of this name' })}**`;
}
