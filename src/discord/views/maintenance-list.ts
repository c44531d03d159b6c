import { ComponentType } from 'discord-api-types/v10';
import type { MaintenanceWindow } from '../../domain/watching/server';
import { inline, label } from '../../domain/text';
import { maintenanceEndId } from '../servers/ids';
import { answer, type Answer } from './answer';
import { ruleWords, windowWords } from './maintenance-words';
import { duration } from './time';

export interface MaintenanceView {
  readonly serverId: string;
  readonly serverName: string;
  /** Those that are going on, come, or repeat. */
  readonly windows: readonly MaintenanceWindow[];
  /** Windows of the configuration file begin so, and are changed only there. */
  readonly ofFile: (window: MaintenanceWindow) => boolean;
}

/** Lines of about 320 characters at most: they stay below the 4,096 of an embed's description. */
const MOST = 12;

/** What maintenance of a server is planned, with a menu to end some of it. */
export function maintenanceAnswer(view: MaintenanceView): Answer {
  const name = `**${inline(view.serverName, { max: 80, empty: 'this server' })}**`;
  if (view.windows.length === 0) {
    return answer(
      `No maintenance of ${name} is planned. Give a \`duration\` (and a \`start\`) to plan some.`,
    );
  }
  const shown = view.windows.slice(0, MOST);
  const lines = shown.map(
    (window) =>
      `- ${windowWords(window)}${view.ofFile(window) ? ' (in the configuration file)' : ''}`,
  );
  const own = shown.filter((window) => !view.ofFile(window));
  return answer('', {
    embeds: [
      {
        title: `Maintenance of ${inline(view.serverName, { max: 80, empty: 'this server' })}`,
        description: lines.join('\n'),
        color: 0x3498db,
      },
    ],
    components:
      own.length === 0
        ? []
        : [
            {
              type: ComponentType.ActionRow,
              components: [
                {
                  type: ComponentType.StringSelect,
                  custom_id: maintenanceEndId.encode({ serverId: view.serverId }),
                  placeholder: 'Pick a maintenance to end or cancel it',
                  options: own.map((window) => ({
                    label: label(window.title, { max: 100, empty: 'Maintenance' }),
                    description: label(
                      `${window.rule === null ? 'once' : ruleWords(window.rule)}, for ${duration(window.durationMs)}`,
                      { max: 100 },
                    ),
                    value: window.id,
                  })),
                },
              ],
            },
          ],
  });
}
