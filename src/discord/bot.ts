import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { requireDatabase, requireDiscord, requireTemporal } from '../config/environment';
import { ensureSecretKey } from '../config/secret-key';
import type { Service, ServiceDependencies } from '../cli/service';
import { createAnnouncementReader } from '../db/announcements/reader';
import { createCaseReader } from '../db/case-reader';
import { connect } from '../db/connection';
import { createGuildRepository } from '../db/guilds';
import { createMirrorReader } from '../db/mirrors';
import { createRegistrationReader } from '../db/registration/reader';
import { createWatchReader } from '../db/watching/reader';
import { dataConverter } from '../temporal/codec';
import { connectLazily } from '../temporal/connection';
import { createSeal } from '../temporal/seal';
import { createAbsentees } from './accounts/absentees';
import { createDepartures } from './accounts/departures';
import { createDesk } from './desk/desk';
import { createEventHandler } from './events';
import { AbsentMembers } from './gateway/absent-members';
import { connectGateway } from './gateway/gateway';
import { createSessionStore } from './gateway/session-store';
import { GuildDirectory } from './guilds/directory';
import { LiveChannels } from './guilds/live-channels';
import { createDispatch } from './interactions/dispatch';
import { noted, openInteractionJournal } from './interactions/journal';
import { ChannelCases } from './messages/channel-cases';
import { ChannelWatcher } from './messages/watcher';
import { ThreadParents } from './mirrors/thread-parents';
import { MirrorWatcher } from './mirrors/watcher';
import { registerCommands } from './registration';
import { commands, components } from './registry';
import { TaskGroup } from './tasks';

/** What a stop may take in all stays below the ten seconds of the contract (milliseconds). */
const TELL_WITHIN_MS = 2_000;
const FINISH_WITHIN_MS = 4_000;
/** Discord answers in tens of milliseconds; what takes this long is tried again. */
const REST_TIMEOUT_MS = 10_000;

/**
 * Starts the bot: it answers people at once, hands their wishes over to workflows and tells tickets
 * what happens in their channels. It writes no records and does nothing else in Discord.
 *
 * Resolves when the bot is connected. Postgres and Temporal need not be there: whoever asks for
 * something is told so, and everything works when they are back.
 *
 * @throws ConfigurationError when Discord refuses the token or the connection for good
 */
export async function startBot({ environment, log }: ServiceDependencies): Promise<Service> {
  const { token, apiUrl } = requireDiscord(environment);
  const temporal = requireTemporal(environment);
  const knex = connect(requireDatabase(environment), {
    applicationName: 'castellan bot',
    poolMax: 5,
    onWarning: (message) => {
      log.warn(message);
    },
  });
  const connection = connectLazily(temporal);
  const rest = new REST({ api: apiUrl, version: '10', timeout: REST_TIMEOUT_MS }).setToken(token);
  const api = new API(rest);
  const stopping = new AbortController();
  // Everything that waits listens to it: any number is as it should be.
  setMaxListeners(0, stopping.signal);
  const tasks = new TaskGroup();

  const cases = createCaseReader(knex);
  const accounts = createRegistrationReader(knex);
  const guilds = new GuildDirectory(createGuildRepository(knex));
  const desk = createDesk({
    connection,
    namespace: temporal.namespace,
    dataConverter: dataConverter(environment),
  });
  const channelCases = new ChannelCases(cases, Date.now);
  const { signal } = stopping;
  guilds.follow(signal);
  const watcher = new ChannelWatcher({ desk, cases, channelCases, guilds, log, signal });
  const copies = createMirrorReader(knex);
  const threads = new ThreadParents(api.channels, signal);
  const now = Date.now;
  const mirrors = new MirrorWatcher({ desk, records: copies, threads, now, log, signal });
  const seal = createSeal(ensureSecretKey(environment));
  const journal = openInteractionJournal({
    dataDir: environment.dataDir,
    seal,
    now: Date.now,
    log,
  });
  const answer = createDispatch(
    api,
    {
      desk,
      cases,
      watching: createWatchReader(knex),
      accounts,
      mirrors: copies,
      announcements: createAnnouncementReader(knex),
      publicUrl: environment.http.publicUrl,
      guilds,
      seal,
      log,
      afterwards: (work) => {
        void tasks.run(async () => {
          try {
            await work(signal);
          } catch (error) {
            if (!signal.aborted) log.debug({ err: error }, 'an afterthought failed');
          }
        });
      },
    },
    { commands, components },
  );
  const dispatch = noted(journal, answer);
  const departed = createDepartures({ desk, guilds, accounts, now: Date.now, log, signal });
  const members = new AbsentMembers();
  const handle = createEventHandler({
    dispatch,
    watcher,
    mirrors,
    threads,
    departed,
    absentees: createAbsentees({ api, members, guilds, accounts, departed, log, signal }),
    members,
    channelCases,
    guilds,
    live: new LiveChannels(),
    desk,
    cases,
    log,
    signal,
  });

  const store = createSessionStore({ dataDir: environment.dataDir, token, apiUrl, log });
  const release = async (): Promise<void> => {
    await Promise.allSettled([connection.close(), knex.destroy()]);
    journal.close();
  };
  let registered: string | undefined;
  try {
    const gateway = await connectGateway({
      rest,
      token,
      store,
      members,
      log,
      handle: (event) => tasks.run(() => handle(event)),
      onApplication: (applicationId) => {
        if (registered === applicationId) return;
        registered = applicationId;
        const wanted = Object.values(commands).map(({ data }) => data);
        void registerCommands(api, applicationId, wanted, { token, log, signal });
      },
      onConnected: () => {
        for (const interaction of journal.takeLeftovers()) {
          void tasks.run(() => dispatch(interaction));
        }
      },
    });
    return {
      addresses: {},
      failed: gateway.failed,
      healthy: gateway.ready,
      async stop() {
        await gateway.stop();
        await Promise.all([watcher.stop(TELL_WITHIN_MS), mirrors.stop(TELL_WITHIN_MS)]);
        stopping.abort(new Error('The bot is stopping.'));
        await Promise.race([tasks.idle(), pause(FINISH_WITHIN_MS, undefined, { ref: false })]);
        await store.flush();
        await release();
      },
    };
  } catch (error) {
    stopping.abort(error);
    await release();
    throw error;
  }
}
