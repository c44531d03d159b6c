import { randomBytes } from 'node:crypto';
import { ApplicationFlags, GatewayCloseCodes, GatewayIntentBits } from 'discord-api-types/v10';
import { z } from 'zod';
import type { ApplicationRow, SessionRow } from '../../world/model';
import type { World } from '../../world/world';
import type { Journal } from '../journal';
import { guildCreateView } from '../views/guild-view';
import type { Connection } from './connection';
import { memberChunks } from './member-chunks';
import type { Session } from './session';

/** What Discord itself names in its hello, in milliseconds. */
const HEARTBEAT_INTERVAL = 41_250;
/** More than this many payloads in a minute close the connection (4008). */
const MOST_PAYLOADS_A_MINUTE = 120;
const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

const payloadForm = z.object({ op: z.number(), d: z.unknown().optional() });
const identifyForm = z.object({
  token: z.string(),
  intents: z.number().int().nonnegative(),
  shard: z.tuple([z.number().int(), z.number().int()]).optional(),
  large_threshold: z.number().int().optional(),
});
const resumeForm = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });

/** What a login needs of the gateway it belongs to. */
export interface LoginHost {
  world: World;
  journal: Journal;
  address: () => string;
  find: (sessionId: string) => Session | undefined;
  begin: (row: SessionRow) => Session;
  end: (session: Session) => void;
}

/** The conversation on one connection: hello, identify or resume, heartbeats, requests. */
export class Login {
  private session: Session | null = null;
  private overdue: NodeJS.Timeout | null = null;
  private payloads = 0;
  private minute = 0;

  constructor(
    private readonly host: LoginHost,
    private readonly connection: Connection,
  ) {}

  greet(parameters: URLSearchParams): void {
    const version = parameters.get('v') ?? '10';
    if (version !== '10' && version !== '9') {
      this.connection.close(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version.');
      return;
    }
    if (parameters.get('encoding') === 'etf' || parameters.get('compress') !== null) {
      // Said openly: the local Discord speaks plain JSON only.
      this.connection.close(GatewayCloseCodes.DecodeError, 'Only plain JSON is spoken here.');
      return;
    }
    this.connection.sendJson({
      op: 10,
      d: { heartbeat_interval: HEARTBEAT_INTERVAL, _trace: [] },
      s: null,
      t: null,
    });
    this.expectHeartbeat();
  }

  receive(text: string): void {
    const minute = Math.floor(this.host.world.now() / 60_000);
    if (minute !== this.minute) {
      this.minute = minute;
      this.payloads = 0;
    }
    this.payloads += 1;
    if (this.payloads > MOST_PAYLOADS_A_MINUTE) {
      this.connection.close(GatewayCloseCodes.RateLimited, 'You are being rate limited.');
      return;
    }
    const parsed = payloadForm.safeParse(parseJson(text));
    if (!parsed.success) {
      this.connection.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
      return;
    }
    const { op, d } = parsed.data;
    switch (op) {
      case 1:
        this.heartbeat(d);
        return;
      case 2:
        this.identify(d);
        return;
      case 6:
        this.resume(d);
        return;
      case 3:
      case 4:
      case 8:
      case 31:
        if (this.session === null) {
          this.connection.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
        } else if (op === 8) {
          for (const chunk of memberChunks(this.host.world, this.session.row.intents, d)) {
            this.session.send('GUILD_MEMBERS_CHUNK', JSON.stringify(chunk));
          }
        }
        return;
      default:
        this.connection.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
    }
  }

  /** The connection is gone; its session waits to be resumed. */
  closed(): void {
    if (this.overdue !== null) clearTimeout(this.overdue);
    if (this.session?.connection === this.connection) {
      this.session.connection = null;
      this.session.lostAt = this.host.world.now();
      this.host.journal.add({ kind: 'gateway', what: 'disconnected', session: this.session.id });
    }
  }

  /** The session was declared invalid: the client has to identify again on this connection. */
  forgetSession(): void {
    this.session = null;
  }

  private heartbeat(d: unknown): void {
    if (typeof d === 'number') this.session?.confirm(d);
    this.expectHeartbeat();
    this.connection.send('{"op":11}');
  }

  private expectHeartbeat(): void {
    if (this.overdue !== null) clearTimeout(this.overdue);
    this.overdue = setTimeout(() => {
      this.connection.close(GatewayCloseCodes.SessionTimedOut, 'Session timed out.');
    }, HEARTBEAT_INTERVAL * 1.5);
    this.overdue.unref();
  }

  private application(token: string): ApplicationRow | undefined {
    const bare = token.startsWith('Bot ') ? token.slice(4) : token;
    for (const application of this.host.world.applications.values()) {
      if (application.token === bare) return application;
    }
    return undefined;
  }

  private identify(d: unknown): void {
    if (this.session !== null) {
      this.connection.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
      return;
    }
    const parsed = identifyForm.safeParse(d);
    if (!parsed.success) {
      this.connection.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
      return;
    }
    const { token, intents, shard, large_threshold: largeThreshold } = parsed.data;
    const application = this.application(token);
    if (application === undefined) {
      this.refuse(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
      return;
    }
    if ((intents & ~ALL_INTENTS) !== 0) {
      this.refuse(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
      return;
    }
    if ((intents & disallowedIntents(application)) !== 0) {
      this.refuse(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
      return;
    }
    if (shard !== undefined && (shard[0] < 0 || shard[0] >= shard[1])) {
      this.refuse(GatewayCloseCodes.InvalidShard, 'Invalid shard.');
      return;
    }
    const session = this.host.begin({
      id: randomBytes(16).toString('hex'),
      applicationId: application.id,
      intents,
      shard: shard ?? null,
      largeThreshold: largeThreshold ?? 50,
      seq: 0,
      confirmed: 0,
    });
    this.session = session;
    session.connection = this.connection;
    this.host.journal.add({ kind: 'gateway', what: 'identified', session: session.id });
    this.welcome(session, application);
    this.host.world.flush();
  }

  private welcome(session: Session, application: ApplicationRow): void {
    const { world } = this.host;
    const guilds = [...world.guilds.values()].filter(
      (guild) =>
        session.serves(guild.id) && world.member(guild.id, application.botId) !== undefined,
    );
    const ready = {
      v: 10,
      user_settings: {},
      user: {
        ...world.users.get(application.botId)?.user,
        verified: true,
        mfa_enabled: true,
        email: null,
      },
      session_type: 'normal',
      session_id: session.id,
      resume_gateway_url: this.host.address(),
      relationships: [],
      private_channels: [],
      presences: [],
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      guild_join_requests: [],
      geo_ordered_rtc_regions: [],
      ...(session.row.shard === null ? {} : { shard: session.row.shard }),
      application: { id: application.id, flags: applicationFlags(application) },
      _trace: [],
    };
    session.send('READY', JSON.stringify(ready));
    if (!session.wants(GatewayIntentBits.Guilds)) return;
    for (const guild of guilds) {
      const view = guildCreateView(world, guild, application, {
        allMembers: session.wants(GatewayIntentBits.GuildPresences),
        largeThreshold: session.row.largeThreshold,
      });
      session.send('GUILD_CREATE', JSON.stringify(view));
    }
  }

  private resume(d: unknown): void {
    const parsed = resumeForm.safeParse(d);
    if (!parsed.success) {
      this.connection.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
      return;
    }
    const { token, session_id: sessionId, seq } = parsed.data;
    const application = this.application(token);
    if (application === undefined) {
      this.refuse(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
      return;
    }
    const session = this.host.find(sessionId);
    const missed = session?.row.applicationId === application.id ? session.after(seq) : undefined;
    if (session === undefined || missed === undefined) {
      this.host.journal.add({ kind: 'gateway', what: 'invalidSession', session: sessionId });
      this.connection.sendJson({ op: 9, d: false, s: null, t: null });
      return;
    }
    if (session.connection !== null && session.connection !== this.connection) {
      session.connection.close(4000, 'Resumed elsewhere.');
    }
    // What the client names it has received.
    session.confirm(seq);
    for (const payload of missed) this.connection.send(payload);
    this.session = session;
    session.connection = this.connection;
    session.send('RESUMED', '{"_trace":[]}');
    this.host.journal.add({ kind: 'gateway', what: 'resumed', session: session.id });
    this.host.world.flush();
  }

  private refuse(code: number, reason: string): void {
    this.host.journal.add({ kind: 'gateway', what: 'closed', code });
    this.connection.close(code, reason);
  }
}

function disallowedIntents(application: ApplicationRow): number {
  const { members, presences, messageContent } = application.privilegedIntents;
  return (
    (members ? 0 : GatewayIntentBits.GuildMembers) |
    (presences ? 0 : GatewayIntentBits.GuildPresences) |
    (messageContent ? 0 : GatewayIntentBits.MessageContent)
  );
}

/** API: the application's public flags, which tell its privileged intents. */
export function applicationFlags(application: ApplicationRow): number {
  const { members, presences, messageContent } = application.privilegedIntents;
  return (
    (members ? ApplicationFlags.GatewayGuildMembersLimited : 0) |
    (presences ? ApplicationFlags.GatewayPresenceLimited : 0) |
    (messageContent ? ApplicationFlags.GatewayMessageContentLimited : 0)
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
