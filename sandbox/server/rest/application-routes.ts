import { discordError } from '../../rules/errors';
import type { ApplicationRow, JsonObject } from '../../world/model';
import {
  commandPermissions,
  commandView,
  createCommand,
  deleteCommand,
  editCommand,
  listCommands,
  replaceCommands,
  requireCommand,
} from '../commands/commands';
import { theApplication, type Discord } from '../discord';
import { Fields } from '../fields';
import { applicationFlags } from '../gateway/login';
import { userOf } from '../messages/store-message';
import { bot, created, noContent, ok, type Call, type Route } from './call';

/** API: the own application. */
export function applicationView(discord: Discord, application: ApplicationRow): JsonObject {
  const flags = applicationFlags(application);
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: application.description,
    type: null,
    bot: userOf(discord, application.botId),
    summary: '',
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { '0': {} },
    verify_key: '0'.repeat(64),
    flags,
    flags_new: String(flags),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userOf(discord, application.ownerId),
    approximate_guild_count: discord.world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    event_webhooks_url: null,
    event_webhooks_status: 1,
    event_webhooks_types: [],
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}

/** Refuses what is about somebody else's application. */
function requireOwn(discord: Discord, call: Call): void {
  const application = discord.world.applications.get(call.id('applicationId'));
  if (application === undefined) throw discordError('unknownApplication');
  if (application.botId !== call.actor.userId) throw discordError('notAuthorizedOnApplication');
}

/** The routes of commands exist twice: for the global ones and for a guild's. */
function commandRoutes(base: string, scope: (call: Call) => string | null): Route[] {
  return [
    bot('GET', base, (discord, call) => {
      requireOwn(discord, call);
      const full = call.flag('with_localizations');
      return ok(listCommands(discord, scope(call)).map((one) => commandView(one, full)));
    }),
    bot('POST', base, (discord, call) => {
      requireOwn(discord, call);
      const { command, fresh } = createCommand(discord, scope(call), call.body);
      return (fresh ? created : ok)(command, command.id);
    }),
    bot('PUT', base, (discord, call) => {
      requireOwn(discord, call);
      return ok(replaceCommands(discord, scope(call), call.body));
    }),
    bot('GET', `${base}/:commandId`, (discord, call) => {
      requireOwn(discord, call);
      return ok(requireCommand(discord, scope(call), call.id('commandId')));
    }),
    bot('PATCH', `${base}/:commandId`, (discord, call) => {
      requireOwn(discord, call);
      const command = editCommand(discord, scope(call), call.id('commandId'), call.body);
      return ok(command, command.id);
    }),
    bot('DELETE', `${base}/:commandId`, (discord, call) => {
      requireOwn(discord, call);
      deleteCommand(discord, scope(call), call.id('commandId'));
      return noContent(call.id('commandId'));
    }),
  ];
}

const GUILD_COMMANDS = '/applications/:applicationId/guilds/:guildId/commands';

export const applicationRoutes: Route[] = [
  bot('GET', '/applications/@me', (discord) =>
    ok(applicationView(discord, theApplication(discord.world))),
  ),
  bot('PATCH', '/applications/@me', (discord, call) => {
    const application = theApplication(discord.world);
    application.description = Fields.of(call.body).string('description') ?? application.description;
    discord.world.applications.touch(application.id);
    return ok(applicationView(discord, application));
  }),
  bot('GET', '/oauth2/applications/@me', (discord) =>
    ok(applicationView(discord, theApplication(discord.world))),
  ),
  ...commandRoutes('/applications/:applicationId/commands', () => null),
  bot('GET', `${GUILD_COMMANDS}/permissions`, (discord, call) => {
    requireOwn(discord, call);
    const guildId = call.id('guildId');
    const ids = [...discord.world.commands.keys(), call.id('applicationId')];
    const set = ids.flatMap((id) => {
      const permissions = commandPermissions(discord, guildId, id);
      if (permissions === undefined) return [];
      return [{ id, application_id: call.id('applicationId'), guild_id: guildId, permissions }];
    });
    return ok(set);
  }),
  ...commandRoutes(GUILD_COMMANDS, (call) => call.id('guildId')),
  bot('GET', `${GUILD_COMMANDS}/:commandId/permissions`, (discord, call) => {
    requireOwn(discord, call);
    const [guildId, id] = [call.id('guildId'), call.id('commandId')];
    const permissions = commandPermissions(discord, guildId, id);
    if (permissions === undefined) throw discordError('unknownApplicationCommandPermissions');
    return ok({ id, application_id: call.id('applicationId'), guild_id: guildId, permissions });
  }),
  bot('PUT', `${GUILD_COMMANDS}/:commandId/permissions`, () => {
    // Only a bearer token of an administrator may; a bot's token never.
    throw discordError('botsCannotUseThisEndpoint');
  }),
];
