import type {
  ApplicationRow,
  AttachmentRow,
  ChannelRow,
  Command,
  CommandPermission,
  GuildRow,
  InteractionRow,
  MemberRow,
  MessageRow,
  SessionRow,
  UserRow,
  WebhookRow,
} from './model';
import { MessageList } from './message-list';
import { Snowflakes } from './snowflakes';
import { StateFile, type StateLine } from './state-file';
import { Table } from './table';

/** How long a nonce is remembered, in milliseconds. Discord says "the past few minutes". */
const NONCE_LIFETIME = 5 * 60_000;

const EMPTY_MAP: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * All that exists in the local Discord, with the indexes that make every look-up O(1).
 * It knows no rules: those are the actions' business.
 */
export class World {
  readonly ids: Snowflakes;
  readonly applications: Table<ApplicationRow>;
  readonly users: Table<UserRow>;
  readonly guilds: Table<GuildRow>;
  readonly commands: Table<Command>;
  readonly commandPermissions: Table<CommandPermission[]>;
  readonly webhooks: Table<WebhookRow>;
  readonly interactions: Table<InteractionRow>;
  readonly attachments: Table<AttachmentRow>;
  readonly sessions: Table<SessionRow>;
  /** Where events that a session may have to replay are written down; unset: nowhere. */
  readonly file: StateFile | null;

  private readonly channelRows: Table<ChannelRow>;
  private readonly memberRows: Table<MemberRow>;
  private readonly messageRows: Table<MessageRow>;
  private readonly tables: Map<string, Table<unknown>>;
  private readonly dirty = new Set<string>();
  private readonly guildChannels = new Map<string, Map<string, ChannelRow>>();
  private readonly guildMembers = new Map<string, Map<string, MemberRow>>();
  private readonly channelMessages = new Map<string, MessageList>();
  private readonly directChannels = new Map<string, string>();
  private readonly nonces = new Map<string, { messageId: string; at: number }>();
  private readonly restoredEvents = new Map<string, { seq: number; payload: string }[]>();

  /**
   * @param now the clock, in ms since 1970
   * @param stateFile where the world is kept between two runs; without it, it lives in memory only
   */
  constructor(
    readonly now: () => number,
    stateFile?: string,
  ) {
    this.ids = new Snowflakes(now);
    const changed =
      stateFile === undefined
        ? () => undefined
        : (table: string, key: string): void => {
            this.dirty.add(`${table} ${key}`);
          };
    const tables = new Map<string, Table<unknown>>();
    const table = <Row>(name: string): Table<Row> => {
      const made = new Table<Row>(name, changed);
      tables.set(name, made);
      return made;
    };
    this.tables = tables;
    this.applications = table('applications');
    this.users = table('users');
    this.guilds = table('guilds');
    this.memberRows = table('members');
    this.channelRows = table('channels');
    this.messageRows = table('messages');
    this.commands = table('commands');
    this.commandPermissions = table('commandPermissions');
    this.webhooks = table('webhooks');
    this.interactions = table('interactions');
    this.attachments = table('attachments');
    this.sessions = table('sessions');
    if (stateFile === undefined) {
      this.file = null;
      return;
    }
    const { file, lines } = StateFile.open(stateFile);
    this.file = file;
    this.restore(lines);
    file.rewrite(this.everything());
  }

  // ---- channels

  channel(id: string): ChannelRow | undefined {
    return this.channelRows.get(id);
  }

  /** The guild's channels and threads by id. */
  channelsOf(guildId: string): ReadonlyMap<string, ChannelRow> {
    return this.guildChannels.get(guildId) ?? EMPTY_MAP;
  }

  addChannel(row: ChannelRow): void {
    this.channelRows.set(row.id, row);
    this.indexChannel(row);
  }

  touchChannel(id: string): void {
    this.channelRows.touch(id);
  }

  /** Removes the channel with its messages; their nonces stay taken, as they do on Discord. */
  removeChannel(row: ChannelRow): void {
    for (const message of this.channelMessages.get(row.id)?.all() ?? []) {
      this.messageRows.delete(message.message.id);
    }
    this.channelMessages.delete(row.id);
    this.channelRows.delete(row.id);
    if (row.guildId !== null) this.guildChannels.get(row.guildId)?.delete(row.id);
  }

  /** The id of the direct messages of two users, if they have been opened. */
  directChannel(a: string, b: string): ChannelRow | undefined {
    const id = this.directChannels.get(pairKey(a, b));
    return id === undefined ? undefined : this.channelRows.get(id);
  }

  // ---- members

  member(guildId: string, userId: string): MemberRow | undefined {
    return this.guildMembers.get(guildId)?.get(userId);
  }

  membersOf(guildId: string): ReadonlyMap<string, MemberRow> {
    return this.guildMembers.get(guildId) ?? EMPTY_MAP;
  }

  addMember(row: MemberRow): void {
    this.memberRows.set(`${row.guildId}/${row.user.id}`, row);
    this.indexMember(row);
  }

  touchMember(row: MemberRow): void {
    this.memberRows.touch(`${row.guildId}/${row.user.id}`);
  }

  removeMember(row: MemberRow): void {
    this.memberRows.delete(`${row.guildId}/${row.user.id}`);
    this.guildMembers.get(row.guildId)?.delete(row.user.id);
  }

  // ---- messages

  message(id: string): MessageRow | undefined {
    return this.messageRows.get(id);
  }

  /** The channel's messages, ephemeral ones included, oldest first. */
  messagesOf(channelId: string): MessageList {
    let list = this.channelMessages.get(channelId);
    if (list === undefined) {
      list = new MessageList();
      this.channelMessages.set(channelId, list);
    }
    return list;
  }

  addMessage(row: MessageRow): void {
    this.messageRows.set(row.message.id, row);
    this.messagesOf(row.message.channel_id).add(row);
  }

  touchMessage(id: string): void {
    this.messageRows.touch(id);
  }

  removeMessage(row: MessageRow): void {
    this.messageRows.delete(row.message.id);
    this.channelMessages.get(row.message.channel_id)?.remove(row.message.id);
  }

  /** The message that this author made in this channel with this nonce within the last minutes. */
  messageByNonce(channelId: string, authorId: string, nonce: string): MessageRow | undefined {
    const known = this.nonces.get(`${channelId}/${authorId}/${nonce}`);
    if (known === undefined || this.now() - known.at > NONCE_LIFETIME) return undefined;
    return this.messageRows.get(known.messageId);
  }

  rememberNonce(row: MessageRow): void {
    const { nonce, channel_id: channelId, id } = row.message;
    if (nonce === undefined) return;
    if (this.nonces.size > 10_000) this.forgetOldNonces();
    const at = Date.parse(row.message.timestamp);
    this.nonces.set(`${channelId}/${row.authorId}/${nonce}`, { messageId: id, at });
  }

  // ---- keeping

  /** Events of earlier runs that the session may still ask to be replayed. */
  takeRestoredEvents(sessionId: string): { seq: number; payload: string }[] {
    const events = this.restoredEvents.get(sessionId) ?? [];
    this.restoredEvents.delete(sessionId);
    return events;
  }

  /** Writes every change down. Called before anybody is told of the change. */
  flush(): void {
    if (this.file === null) return;
    for (const entry of this.dirty) {
      const space = entry.indexOf(' ');
      const table = entry.slice(0, space);
      const key = entry.slice(space + 1);
      this.file.append(['row', table, key, this.tables.get(table)?.get(key) ?? null]);
    }
    this.dirty.clear();
    this.file.flush();
  }

  close(): void {
    this.flush();
    this.file?.close();
  }

  private restore(lines: StateLine[]): void {
    for (const line of lines) {
      if (line[0] === 'event') {
        const events = this.restoredEvents.get(line[1]) ?? [];
        events.push({ seq: line[2], payload: line[3] });
        this.restoredEvents.set(line[1], events);
        continue;
      }
      const [, table, key, row] = line;
      const rows = this.tables.get(table);
      if (rows === undefined) continue;
      if (row === null) rows.forget(key);
      else rows.restore(key, row);
    }
    for (const row of this.channelRows.values()) this.indexChannel(row);
    for (const row of this.memberRows.values()) this.indexMember(row);
    const messages = [...this.messageRows.values()];
    messages.sort((a, b) => (BigInt(a.message.id) < BigInt(b.message.id) ? -1 : 1));
    for (const row of messages) {
      this.messagesOf(row.message.channel_id).add(row);
      this.rememberNonce(row);
      this.ids.passed(row.message.id);
    }
    for (const { id } of this.channelRows.values()) this.ids.passed(id);
    for (const { id } of this.interactions.values()) this.ids.passed(id);
    for (const [session, events] of this.restoredEvents) {
      const row = this.sessions.get(session);
      const kept = row === undefined ? [] : events.filter((event) => event.seq > row.confirmed);
      if (row === undefined) this.restoredEvents.delete(session);
      else this.restoredEvents.set(session, kept);
    }
  }

  private *everything(): Generator<StateLine> {
    for (const [name, table] of this.tables) {
      for (const key of table.keys()) yield ['row', name, key, table.get(key)];
    }
    for (const [session, events] of this.restoredEvents) {
      for (const { seq, payload } of events) yield ['event', session, seq, payload];
    }
  }

  private indexChannel(row: ChannelRow): void {
    if (row.guildId === null) {
      const [a = '', b = ''] = row.recipients;
      this.directChannels.set(pairKey(a, b), row.id);
      return;
    }
    let channels = this.guildChannels.get(row.guildId);
    if (channels === undefined) {
      channels = new Map();
      this.guildChannels.set(row.guildId, channels);
    }
    channels.set(row.id, row);
  }

  private indexMember(row: MemberRow): void {
    let members = this.guildMembers.get(row.guildId);
    if (members === undefined) {
      members = new Map();
      this.guildMembers.set(row.guildId, members);
    }
    members.set(row.user.id, row);
  }

  private forgetOldNonces(): void {
    const now = this.now();
    for (const [key, { at }] of this.nonces) {
      if (now - at > NONCE_LIFETIME) this.nonces.delete(key);
    }
  }
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}/${b}` : `${b}/${a}`;
}
