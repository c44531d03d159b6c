import { RconFailure } from './failure';

/**
 * Minecraft reads a packet into 1,460 bytes (https://minecraft.wiki/w/RCON): 12 of them are its numbers,
 * 2 its closing zeros. What is longer makes it hang up.
 */
export const LONGEST_TEXT = 1_446;

const CONTROL = /\p{Cc}/u;

/**
 * Refuses what would not arrive as it was meant: a zero byte ends a text, a line end may begin another
 * command, a text that is too long ends the connection.
 *
 * @throws RconFailure `unusable-command` that says why
 */
export function requireSendable(command: string): void {
  const length = Buffer.byteLength(command);
  const refuse = (message: string): never => {
    throw new RconFailure('unusable-command', { message });
  };
  if (command.trim() === '') refuse('The command is empty.');
  if (CONTROL.test(command)) {
    refuse('The command holds a line end or another control character, and RCON sends one line.');
  }
  if (length > LONGEST_TEXT) {
    refuse(
      `The command has ${length} bytes, and game servers read at most ${LONGEST_TEXT}. Make it shorter.`,
    );
  }
}

/** @throws RconFailure `unusable-password`; Minecraft lets nobody in with an empty one */
export function requirePassword(password: string): void {
  const isUsable =
    password !== '' && !CONTROL.test(password) && Buffer.byteLength(password) <= LONGEST_TEXT;
  if (!isUsable) throw new RconFailure('unusable-password');
}
