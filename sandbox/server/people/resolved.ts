import type { ChannelRow, JsonObject } from '../../world/model';
import { permissionsIn, roleOf } from '../access';
import type { Discord } from '../discord';
import { partialChannel } from '../interactions/send';
import { userOf } from '../messages/store-message';
import { memberView } from '../views/guild-view';

/** Collects the objects that an interaction's ids stand for, as `resolved` carries them. */
export class Resolved {
  private readonly kinds: Record<string, JsonObject> = {};

  constructor(
    private readonly discord: Discord,
    /** Where it happens. */
    private readonly channel: ChannelRow,
    private readonly viewerId: string,
  ) {}

  user(id: string): void {
    this.put('users', id, userOf(this.discord, id));
    const { guildId } = this.channel;
    const member = guildId === null ? undefined : this.discord.world.member(guildId, id);
    if (member === undefined) return;
    const view = memberView(this.discord.world, member);
    delete view['user'];
    const permissions = permissionsIn(this.discord.world, this.channel, id).toString();
    this.put('members', id, { ...view, permissions });
  }

  role(id: string): void {
    const { guildId } = this.channel;
    const guild = guildId === null ? undefined : this.discord.world.guilds.get(guildId);
    const role = guild === undefined ? undefined : roleOf(guild, id);
    if (role !== undefined) this.put('roles', id, role);
  }

  channelOf(id: string): void {
    const channel = this.discord.world.channel(id);
    if (channel !== undefined) {
      this.put('channels', id, partialChannel(this.discord, channel, this.viewerId));
    }
  }

  put(kind: string, id: string, value: object): void {
    const present = this.kinds[kind];
    if (present === undefined) this.kinds[kind] = { [id]: value };
    else present[id] = value;
  }

  /** `{ resolved }`, or nothing if nothing was resolved. */
  asField(): JsonObject {
    return Object.keys(this.kinds).length === 0 ? {} : { resolved: this.kinds };
  }
}
