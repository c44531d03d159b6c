import { setTimeout as pause } from 'node:timers/promises';
import { MessageFlags } from 'discord-api-types/v10';
import { answer } from '../views/answer';
import type { Call } from './call';

/** When no answer has appeared by then, the person is told that the request is kept (milliseconds). */
const ANSWER_EXPECTED_MS = 15_000;

const WAITING = answer(
  'Your request is kept and will be carried out, even if it takes a while. The answer appears here.',
);

/** Tells the person after a while that the request is kept, if the worker has not answered by then. */
export function awaitAnswer({ parts, respond }: Call): void {
  parts.afterwards(async (signal) => {
    await pause(ANSWER_EXPECTED_MS, undefined, { signal, ref: false });
    const { flags } = await respond.shown();
    if (((flags ?? 0) & (MessageFlags.Loading as number)) !== 0) await respond.edit(WAITING);
  });
}
