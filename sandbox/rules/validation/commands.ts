import { ApplicationCommandType } from 'discord-api-types/v10';
import { checkCommandName, checkLocalizations, checkOptions, commandSize } from './command-options';
import { Field, Form, checkForm } from './form';

/** The most characters of all texts of one command together. */
const MOST_CHARACTERS = 8_000;

/** How many commands of each type one scope holds (slash 100, user 15, message 15). */
export const MOST_COMMANDS: Readonly<Record<number, number>> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
};

const SLASH: readonly number[] = [
  ApplicationCommandType.ChatInput,
  ApplicationCommandType.PrimaryEntryPoint,
];

const TYPES = [
  ApplicationCommandType.ChatInput,
  ApplicationCommandType.User,
  ApplicationCommandType.Message,
  ApplicationCommandType.PrimaryEntryPoint,
] as const;

/**
 * Checks the definition of a new application command.
 * Source: https://discord.com/developers/docs/interactions/application-commands
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkCommandCreate(body: unknown): void {
  checkForm(body, (command) => {
    checkCommand(command, undefined);
  });
}

/**
 * Checks an edit of a command; what is absent stays as it is.
 * @param type the command's type, which cannot change
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkCommandEdit(body: unknown, type: number): void {
  checkForm(body, (command) => {
    checkCommand(command, type);
  });
}

/**
 * Checks the list that replaces all commands of a scope; the problems are keyed by index.
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkCommandsReplace(body: unknown): void {
  const form = new Form();
  const list = new Field(form, [], body);
  const seen = new Set<string>();
  const counts = new Map<number, number>();
  for (const command of list.list({ required: true })) {
    if (!command.object(true)) continue;
    const type = checkCommand(command, undefined);
    counts.set(type, (counts.get(type) ?? 0) + 1);
    const key = `${type} ${String(command.child('name').value)}`;
    if (seen.has(key)) {
      command.report(
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      );
    }
    seen.add(key);
  }
  for (const [type, count] of counts) {
    const most = MOST_COMMANDS[type];
    if (most === undefined || count <= most) continue;
    list.report('BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
  }
  form.finish();
}

/** @returns the command's type */
function checkCommand(command: Field, existing: number | undefined): number {
  const type = existing ?? command.child('type').choice(TYPES) ?? ApplicationCommandType.ChatInput;
  const isSlash = SLASH.includes(type);
  const isNew = existing === undefined;
  const checkName = (name: Field): void => {
    if (isSlash) checkCommandName(name);
    else name.text({ min: 1, max: 32, required: true });
  };

  if (isNew || !command.child('name').absent) checkName(command.child('name'));
  checkLocalizations(command.child('name_localizations'), checkName);
  if (isSlash) {
    command.child('description').text({ min: 1, max: 100, required: isNew });
    checkLocalizations(command.child('description_localizations'), (text) => {
      text.text({ min: 1, max: 100, required: true });
    });
    checkOptions(command.child('options'), 'any');
  } else {
    const description = command.child('description');
    if (!description.absent && description.value !== '') {
      description.report(
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_FORBIDDEN',
        'Context menu commands cannot have description',
      );
    }
    if (command.child('options').list().length > 0) {
      command
        .child('options')
        .report(
          'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_FORBIDDEN',
          'Context menu commands cannot have options',
        );
    }
  }
  command.child('default_member_permissions').bits();
  command.child('dm_permission').boolean();
  command.child('nsfw').boolean();
  command.child('handler').choice([1, 2]);
  for (const one of command.child('contexts').set({ min: 1 })) one.choice([0, 1, 2], true);
  for (const one of command.child('integration_types').set({ min: 1 })) one.choice([0, 1], true);
  if (commandSize(command) > MOST_CHARACTERS) {
    command.report(
      'APPLICATION_COMMAND_TOO_LARGE',
      `Command exceeds maximum size (${MOST_CHARACTERS})`,
    );
  }
  return type;
}
