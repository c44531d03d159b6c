/** The ids of the run's own channels. */
export const ALERTS_ID = '1100000000000000900';
export const PUBLIC_ID = '1100000000000000901';
export const BOARD_ID = '1100000000000000902';

/** The status channel of the nth server of a plan. */
export function statusChannelId(index: number): string {
  return `11000000000000009${10 + index}`;
}
