import { COMMAND, DENIED, OUTPUT, type Packet } from './packets';

/** What a packet says to somebody who logs in; `nonsense`: this is not RCON. */
export type LoginVerdict = 'in' | 'denied' | 'not-yet' | 'nonsense';

/** @param id the login's own */
export function loginVerdict({ id, type }: Packet, login: number): LoginVerdict {
  if (id === DENIED) return 'denied';
  // Valve's own servers send an empty output before the verdict.
  if (id === login && type === OUTPUT) return 'not-yet';
  return id === login && type === COMMAND ? 'in' : 'nonsense';
}
