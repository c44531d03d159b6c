import type { FailureCause } from '../../domain/watching/check';
import type { ServerStatus } from '../../domain/watching/server-state';

/** How a server's status is shown: an emoji, a word, and the colour of a bar beside it (24-bit RGB). */
export interface StatusFace {
  readonly emoji: string;
  readonly word: string;
  readonly colour: number;
}

export const SERVER_STATUS_FACES: Readonly<Record<ServerStatus, StatusFace>> = {
  up: { emoji: '🟢', word: 'Up', colour: 0x2ecc71 },
  suspect: { emoji: '🟡', word: 'Checking a failure', colour: 0xf1c40f },
  down: { emoji: '🔴', word: 'Down', colour: 0xe74c3c },
  recovering: { emoji: '🟡', word: 'Coming back', colour: 0xf1c40f },
  flapping: { emoji: '🟠', word: 'Going up and down', colour: 0xe67e22 },
  unknown: { emoji: '⚪', word: 'Not known', colour: 0x95a5a6 },
  maintenance: { emoji: '🔵', word: 'Maintenance', colour: 0x3498db },
};

/** Why a server counts as down, as the end of a sentence for somebody who can mend it. */
export const CAUSE_WORDS: Readonly<Record<FailureCause, string>> = {
  refused: 'the connection is refused: the machine runs, but nothing listens on the port',
  'timed-out': 'there is no answer in time',
  'name-not-found': 'its name is not found in DNS',
  unreachable: 'the network has no way to it',
  'closed-early': 'it closes the connection before it has answered',
  'protocol-error': "what answers there does not speak the server's protocol (protocol error)",
  'wrong-answer': 'it answers, but not as expected',
  'too-large': 'its answer is far too large to be right',
  'forbidden-address': 'its address is an internal one, which is not allowed for this server',
};

/** The same in a word or two, for lists. */
export const CAUSE_SHORT: Readonly<Record<FailureCause, string>> = {
  refused: 'refused',
  'timed-out': 'timed out',
  'name-not-found': 'name not found',
  unreachable: 'unreachable',
  'closed-early': 'connection closed early',
  'protocol-error': 'protocol error',
  'wrong-answer': 'wrong answer',
  'too-large': 'answer too large',
  'forbidden-address': 'internal address',
};
