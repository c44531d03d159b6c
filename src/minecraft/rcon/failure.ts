/**
 * Why a command was not answered:
 * - `unusable-command`, `unusable-password`: it cannot be sent, and was not;
 * - `name-not-found`, `forbidden-address`, `unreachable`, `refused`: there was no connection;
 * - `wrong-password`;
 * - `timed-out`, `closed`: no answer in time, or the connection ended before it;
 * - `protocol-error`: what answers is not RCON; `too-large`: the answer has more than 1 MiB;
 * - `client-closed`: nobody may use this client any more.
 */
export type RconFailureCode =
  | 'unusable-command'
  | 'unusable-password'
  | 'name-not-found'
  | 'forbidden-address'
  | 'unreachable'
  | 'refused'
  | 'wrong-password'
  | 'timed-out'
  | 'closed'
  | 'protocol-error'
  | 'too-large'
  | 'client-closed';

const MESSAGES: Readonly<Record<RconFailureCode, string>> = {
  'unusable-command': 'The command cannot be sent by RCON.',
  'unusable-password':
    'The RCON password cannot be sent: it has to be one line of at most 1,446 bytes, and not empty. Change rcon.password on the game server and in the environment.',
  'name-not-found': "There is no such name in DNS. Check the game server's address.",
  'forbidden-address':
    "The game server's address is internal. Allow it in the configuration if that is intended.",
  unreachable: 'No network leads to the game server.',
  refused:
    'Nothing listens at the RCON port. Is the game server running, with enable-rcon=true and this rcon.port?',
  'wrong-password':
    'The game server refused the RCON password. Compare it with rcon.password in server.properties.',
  'timed-out': 'The game server did not answer in time.',
  closed: 'The game server closed the connection before it had answered.',
  'protocol-error': 'What answered is not RCON. Is this the rcon.port?',
  'too-large': 'The answer has more than 1 MiB and was not read to its end.',
  'client-closed': 'The connection was closed on our side.',
};

/** What came of a command that was not answered. Neither it nor the password is part of the message. */
export class RconFailure extends Error {
  override readonly name = 'RconFailure';

  /**
   * @param mayHaveRun whether the server may have carried the command out all the same
   * @param message for a person, if there is more to say than the code does
   */
  constructor(
    readonly code: RconFailureCode,
    { mayHaveRun = false, message, cause }: RconFailureDetails = {},
  ) {
    super(message ?? MESSAGES[code], { cause });
    this.mayHaveRun = mayHaveRun;
  }

  readonly mayHaveRun: boolean;
}

export interface RconFailureDetails {
  readonly mayHaveRun?: boolean;
  readonly message?: string;
  readonly cause?: unknown;
}
