import type { Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import type { DiscordEnvironment } from '../config/environment';
import { remembered, type Check } from '../observability/health';

/** Reaches the database with the smallest of questions. */
export function postgresCheck(database: Knex): Check {
  return {
    name: 'postgres',
    run: async () => {
      await database.raw('select 1').timeout(2_000, { cancel: false });
    },
  };
}

/** Reaches the namespace, so that an answering server without it does not count. */
export function temporalCheck(connection: Connection, namespace: string): Check {
  return {
    name: 'temporal',
    run: async (signal) => {
      await connection.withAbortSignal(signal, () =>
        connection.withDeadline(Date.now() + 2_000, () =>
          connection.workflowService.describeNamespace({ namespace }),
        ),
      );
    },
  };
}

/**
 * Reaches Discord's REST API where it tells bots about the gateway. The answer is remembered: asking
 * is rate limited, and wrong tokens count towards a ban of the address.
 */
export function discordCheck(
  discord: DiscordEnvironment,
  { publicUrl, version }: { readonly publicUrl: string; readonly version: string },
): Check {
  const check: Check = {
    name: 'discord',
    run: async (signal) => {
      const answer = await fetch(`${discord.apiUrl}/v10/gateway/bot`, {
        signal,
        headers: {
          Authorization: `Bot ${discord.token}`,
          // https://discord.com/developers/docs/reference#user-agent
          'User-Agent': `DiscordBot (${publicUrl}, ${version})`,
        },
      });
      await answer.arrayBuffer();
      // 429: it is there, and asks for patience.
      if (!answer.ok && answer.status !== 429) {
        throw new Error(`GET /v10/gateway/bot was answered with ${answer.status}.`);
      }
    },
  };
  return remembered(check, { goodFor: 60_000, badFor: 5_000, now: () => performance.now() });
}
