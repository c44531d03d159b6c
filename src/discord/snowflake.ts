import { DiscordSnowflake } from '@sapphire/snowflake';

/** When what the id names was created, in milliseconds since the epoch. */
export function createdAt(id: string): number {
  return DiscordSnowflake.timestampFrom(id);
}

/** How old it is at `now`, in milliseconds; negative when our clock is behind Discord's. */
export function ageOf(id: string, now: number): number {
  return now - createdAt(id);
}

/** Whether `left` was created after `right`. Ids are numbers in the order of time: as texts they would not compare. */
export function isNewer(left: string, right: string): boolean {
  return BigInt(left) > BigInt(right);
}
