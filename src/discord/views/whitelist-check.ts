import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { whitelistCheckId, whitelistRepairId } from '../accounts/ids';
import { inline } from '../../domain/text';
import { answer, type ActionRow, type Answer } from './answer';
import { playerWords, serverWords } from './registration-words';
import { counted } from './time';

/** How a server's own whitelist differs from what is wanted. Names are as the server has, or is to have, them. */
export interface WhitelistDifference {
  /** Entries of the server's own list. */
  readonly entries: number;
  /** They belong on it, and are not there. */
  readonly missing: readonly string[];
  /** They were taken off it, and are still there. */
  readonly surplus: readonly string[];
  /** They are on it, and no account of ours: somebody put them there by hand, and there they stay. */
  readonly strangers: readonly string[];
  /** Changes that the server has not been told of yet; they follow by themselves. */
  readonly underWay: number;
}

export type WhitelistCheckResult =
  | { readonly outcome: 'compared' | 'repairing'; readonly difference: WhitelistDifference }
  /** It does not answer; whatever is wanted stays wanted. */
  | { readonly outcome: 'away' }
  /** It does not take our password; whatever is wanted stays wanted. */
  | { readonly outcome: 'wrong-password' }
  /** Its list cannot be read: a plugin fetches changes, and does not tell what there is. */
  | { readonly outcome: 'unreadable' }
  /** Its whitelist is not kept by us (any more). */
  | { readonly outcome: 'not-kept' }
  | { readonly outcome: 'failed'; readonly reference: string };

/** A server as the configuration names it. */
export interface CheckedServer {
  readonly id: string;
  readonly name: string;
}

/** The answer to `/server whitelist check`: first the difference, with a button that repairs it. */
export function whitelistCheckAnswer(server: CheckedServer, result: WhitelistCheckResult): Answer {
  const name = serverWords([server.name]);
  const again = {
    components: [row(button('Check again', whitelistCheckId.encode({ serverId: server.id })))],
  };
  switch (result.outcome) {
    case 'compared':
      return compared(server, result.difference);
    case 'repairing':
      return answer(
        `🔧 ${name} is being told: ${changes(result.difference)}. **Check again** shows how far it is.`,
        again,
      );
    case 'away':
      return answer(
        `${name} does not answer now, so its whitelist cannot be compared. What is wanted of it is kept, and follows as soon as it is back.`,
        again,
      );
    case 'wrong-password':
      return answer(
        `${name} does not take the RCON password that I have, so its whitelist cannot be compared. Whoever runs me sets the variable that \`password_env\` names to the server's \`rcon.password\`, and starts me again. What is wanted of the list is kept, and follows then.`,
        again,
      );
    case 'unreadable':
      return answer(
        `${name} does not tell its whitelist, so there is nothing to compare. Its plugin fetches every change by itself, in order, also those of the time when it was off. If somebody is missing there, look into the plugin's log.`,
      );
    case 'not-kept':
      return answer(notKeptText(server.name));
    case 'failed':
      return answer(
        `Something went wrong on our side, and nothing was changed. Please try again.\nReference: \`${inline(result.reference, { max: 100, empty: '…' })}\``,
      );
  }
}

/** What is said of a server whose whitelist is nobody's business here. */
export function notKeptText(name: string): string {
  return `The whitelist of ${serverWords([name])} is not kept here. Name the server under \`whitelist\` of \`registration\` in the configuration if it is to be.`;
}

function compared(server: CheckedServer, difference: WhitelistDifference): Answer {
  const { entries, missing, surplus, strangers, underWay } = difference;
  const same = missing.length === 0 && surplus.length === 0;
  const serverId = server.id;
  return answer(
    same
      ? `✅ The whitelist of ${serverWords([server.name])} is as it should be.`
      : `The whitelist of ${serverWords([server.name])} is not as it should be. Nothing has been changed yet; **Repair** brings it in step: ${changes(difference)}.`,
    {
      embeds: [
        {
          title: counted(entries, 'entry', 'entries'),
          color: same ? 0x2ecc71 : 0xe67e22,
          fields: [
            ...names('Missing: they will be put on it', missing),
            ...names('Too many: they will be taken off', surplus),
            ...names('Put there by hand: they stay', strangers),
            ...(underWay === 0
              ? []
              : [
                  {
                    name: 'Under way',
                    value: `${counted(underWay, 'change')} that it has not been told of yet`,
                  },
                ]),
          ],
        },
      ],
      components: [
        row(
          ...(same
            ? []
            : [
                {
                  ...button('Repair', whitelistRepairId.encode({ serverId })),
                  style: ButtonStyle.Primary as const,
                },
              ]),
          button('Check again', whitelistCheckId.encode({ serverId })),
        ),
      ],
    },
  );
}

/** "2 names put on it, 1 name taken off". */
function changes({ missing, surplus }: WhitelistDifference): string {
  return [
    ...(missing.length === 0 ? [] : [`${counted(missing.length, 'name')} put on its whitelist`]),
    ...(surplus.length === 0 ? [] : [`${counted(surplus.length, 'name')} taken off it`]),
  ].join(', ');
}

/** A field's value holds 1,024 characters: as many names as fit, and how many more there are. */
function names(title: string, all: readonly string[]): { name: string; value: string }[] {
  if (all.length === 0) return [];
  const room = 1_024 - ' and 100000 more'.length;
  let value = '';
  let shown = 0;
  for (const name of all) {
    const next = `${value === '' ? '' : ', '}${playerWords(name)}`;
    if (value.length + next.length > room) break;
    value += next;
    shown += 1;
  }
  const rest = all.length - shown;
  return [
    { name: `${title} (${all.length})`, value: rest === 0 ? value : `${value} and ${rest} more` },
  ];
}

function button(label: string, custom_id: string) {
  return {
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as ButtonStyle.Secondary | ButtonStyle.Primary,
    label,
    custom_id,
  };
}

function row(...components: ReturnType<typeof button>[]): ActionRow {
  return { type: ComponentType.ActionRow, components };
}
