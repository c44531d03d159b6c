import { isNativeError } from 'node:util/types';
import { UnknownGuild } from '../case-errors';

/** Everything here belongs to a guild: Postgres refuses what belongs to none. */
export function throwUnknownGuild(guildId: string): (error: unknown) => never {
  return (error) => {
    const foreignKeyViolation = isNativeError(error) && 'code' in error && error.code === '23503';
    throw foreignKeyViolation ? new UnknownGuild(guildId) : error;
  };
}
