import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { DEMO, type InteractionState, type JournalEntry } from '../../../sandbox';
import { searchAttributes } from '../../../src/temporal/search-attributes';
import type { Castle } from '../castle/castle';
import { grouped } from '../evidence/grouped';
import { PLUGIN_SERVER, RCON_SERVER } from './configuration';
import type {
  Attempt,
  KeptText,
  RegisterEvidence,
  Run,
  SeenPerson,
  SeenServer,
} from './register-evidence';
import type { RegisterTrial } from './register-trial';
import { codeIn, endIn, nameIn } from './words';

const instant = z.date().transform((date) => date.getTime());

const eventRow = z.object({
  registration_id: z.string(),
  started_at: instant,
  user_id: z.string(),
  name: z.string(),
  type: z.string(),
  data: z.looseObject({ accountKey: z.number().optional() }),
});

const accountRow = z
  .object({
    key: z.number(),
    user_id: z.string(),
    name: z.string(),
    uuid: z.string().nullable(),
    linked_by: z.string().nullable(),
    is_linked: z.boolean(),
  })
  .transform((row) => ({
    ...{ key: row.key, userId: row.user_id, name: row.name, uuid: row.uuid },
    ...{ linkedBy: row.linked_by, isLinked: row.is_linked },
  }));

const changeRow = z
  .object({
    account_key: z.number(),
    name: z.string(),
    type: z.enum(['linked', 'unlinked']),
    at: instant,
    operation: z.string(),
  })
  .transform(({ account_key: accountKey, ...row }) => ({ accountKey, ...row }));

const entryRow = z
  .object({
    server_id: z.string(),
    name: z.string(),
    wanted: z.boolean(),
    settled: z.boolean(),
    error: z.string().nullable(),
  })
  .transform(({ server_id: serverId, ...row }) => ({ serverId, ...row }));

/** Looks at Discord, Postgres, Temporal and the game servers' own memory. */
export async function gatherRegistering(trial: RegisterTrial): Promise<RegisterEvidence> {
  const { castle, driver, people } = trial;
  const [events, accounts, changes, entries] = await Promise.all([
    castle.query(
      `select e.registration_id, e.started_at, r.user_id, r.name, e.type, e.data
       from registration_events e join registrations r on r.id = e.registration_id
       order by e.registration_id, e.started_at, e.seq`,
    ),
    castle.query('select *, unlinked_at is null as is_linked from accounts order by key'),
    castle.query(
      `select e.account_key, a.name, e.type, e.at, e.operation
       from account_events e join accounts a on a.key = e.account_key
       where e.type in ('linked', 'unlinked') order by e.id`,
    ),
    castle.query(
      `select s.id as server_id, e.name, e.wanted, e.applied_version = e.version as settled, e.error
       from whitelist_entries e join game_servers s on s.key = e.server_key`,
    ),
  ]);
  const { runs, texts } = await castle.temporal(workflows);
  const journal = await driver.journal();
  const interactions = await Promise.all(
    people.asked.map(async (asked) => ({
      ...asked,
      state: (await driver.interaction(asked.handle.id)) ?? asked.handle.state,
    })),
  );
  return {
    attempts: attemptsOf(z.array(eventRow).parse(events)),
    runs,
    accounts: z.array(accountRow).parse(accounts),
    changes: z.array(changeRow).parse(changes),
    entries: z.array(entryRow).parse(entries),
    persons: await personsOf(
      trial,
      interactions.map(({ state }) => state),
    ),
    servers: serversOf(trial),
    codes: codesIn(journal),
    texts: [...texts, ...(await rows(castle)), { where: 'the log', text: castle.log }],
    ...{ interactions, journal, people },
    ...{ kills: castle.kills, disturbances: trial.disturbances },
  };
}

function attemptsOf(rows: readonly z.infer<typeof eventRow>[]): Attempt[] {
  const attempts = grouped(rows, ({ registration_id: id, started_at: at }) => `${id}/${at}`);
  return [...attempts.values()].flatMap((events) => {
    const [first] = events;
    if (first === undefined) return [];
    const { registration_id: registrationId, started_at: startedAt, user_id: userId } = first;
    const key = events.flatMap(({ data }) => data.accountKey ?? []).at(-1);
    return [
      {
        ...{ registrationId, startedAt, userId, name: first.name },
        events: events.map(({ type }) => type),
        accountKey: key ?? null,
      },
    ];
  });
}

function serversOf({ plugin, rcon }: RegisterTrial): SeenServer[] {
  const { commands, whitelist } = plugin;
  return [
    { id: PLUGIN_SERVER, whitelist: [...whitelist], commands },
    { id: RCON_SERVER, whitelist: [...rcon.game.whitelist.values()], commands: rcon.commands },
  ];
}

async function personsOf(
  { driver, newcomers }: RegisterTrial,
  states: readonly InteractionState[],
): Promise<SeenPerson[]> {
  const { members } = await driver.guild();
  const inPublic = (await driver.messages(DEMO.channels.general)).map(({ content }) => content);
  const byUser = grouped(states, ({ userId }) => userId);
  return Promise.all(
    newcomers.map(async (person): Promise<SeenPerson> => {
      const answers = (byUser.get(person.id) ?? []).flatMap(({ reply, followups, loading }) =>
        [loading ? null : reply, ...followups].flatMap((one) => one?.content ?? []),
      );
      const direct = await driver.messages(await person.directMessages());
      const notices = inPublic.filter((content) => content.startsWith(`<@${person.id}> `));
      const read = [...answers, ...direct.map(({ content }) => content), ...notices];
      const member = members.find(({ id }) => id === person.id);
      return {
        id: person.id,
        isMember: member !== undefined,
        hasRole: member?.roles.includes(DEMO.roles.player) ?? false,
        told: read.flatMap((content) => {
          const end = endIn(content);
          return end === null ? [] : [{ end, name: nameIn(content) }];
        }),
      };
    }),
  );
}

const sent = z.object({ content: z.string() });

/** Also those that were never seen, since Discord spoilt the request. */
function codesIn(journal: readonly JournalEntry[]): Set<string> {
  return new Set(
    journal.flatMap((entry) => {
      if (entry.kind !== 'rest') return [];
      return codeIn(sent.safeParse(entry.requestBody).data?.content ?? '') ?? [];
    }),
  );
}

/** Every row of every table. */
async function rows(castle: Castle): Promise<KeptText[]> {
  const tables = z.array(z.object({ name: z.string() })).parse(
    await castle.query(
      `select quote_ident(table_name) as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    ),
  );
  // One after another: there are more tables than the server takes connections.
  return castle.database(async (client) => {
    const texts: KeptText[] = [];
    for (const { name } of tables) {
      const { rows: found } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${name} t`,
      );
      texts.push({ where: `the table ${name}`, text: found.map(({ row }) => row).join('\n') });
    }
    return texts;
  });
}

async function workflows(client: Client): Promise<{ runs: Run[]; texts: KeptText[] }> {
  const runs: Run[] = [];
  const texts: KeptText[] = [];
  for await (const {
    workflowId,
    runId,
    type,
    status,
    typedSearchAttributes,
  } of client.workflow.list()) {
    runs.push({
      ...{ workflowId, type, status: status.name },
      ended: typedSearchAttributes.get(searchAttributes.status) ?? null,
    });
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    texts.push({ where: `the history of ${workflowId}`, text: inClear(historyToJSON(history)) });
  }
  return { runs, texts };
}

/** A history as it can be read: what is handed over stands in it as base64; the server's own counts are left out. */
function inClear(history: string): string {
  return history
    .replace(/"(?:taskId|historySizeBytes)":\s*"\d+"/g, '')
    .replace(/"data":\s*"([A-Za-z0-9+/]+=*)"/g, (_all, data: string) =>
      Buffer.from(data, 'base64').toString('utf8'),
    );
}
