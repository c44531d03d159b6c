/** One problem of one field, as Discord words it: a fixed code for programs, a sentence for people. */
export interface FieldProblem {
  readonly code: string;
  readonly message: string;
}

/**
 * Discord's nested error object of an invalid form (code 50035): the same shape as the request's
 * body, with arrays keyed by index, and `_errors` where the problem lies.
 */
export interface NestedErrors {
  _errors?: FieldProblem[];
  [field: string]: NestedErrors | FieldProblem[] | undefined;
}

/** What Discord answers as JSON when it refuses a request. */
export interface ErrorBody {
  message: string;
  code: number;
  errors?: NestedErrors;
}

/**
 * A refusal as the real service gives it.
 * Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */
export class DiscordError extends Error {
  override readonly name = 'DiscordError';

  constructor(
    /** The HTTP status to answer with. */
    readonly status: number,
    /** Discord's own JSON error code; 0 where only the HTTP status speaks. */
    readonly code: number,
    message: string,
    /** Only with code 50035: which fields were wrong. */
    readonly errors?: NestedErrors,
  ) {
    super(message);
  }

  /** The JSON body, ready to be sent. */
  body(): ErrorBody {
    const body: ErrorBody = { message: this.message, code: this.code };
    if (this.errors !== undefined) body.errors = this.errors;
    return body;
  }
}

/** Name, HTTP status, JSON code and message of every refusal that the local Discord can give. */
const KNOWN = {
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  methodNotAllowed: [405, 0, '405: Method Not Allowed'],
  internalServerError: [500, 0, '500: Internal Server Error'],

  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownIntegration: [404, 10005, 'Unknown Integration'],
  unknownInvite: [404, 10006, 'Unknown Invite'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownOverwrite: [404, 10009, 'Unknown Overwrite'],
  unknownRole: [404, 10011, 'Unknown Role'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownEmoji: [400, 10014, 'Unknown Emoji'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownBan: [404, 10026, 'Unknown Ban'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownApplicationCommand: [404, 10063, 'Unknown application command'],
  unknownApplicationCommandPermissions: [404, 10066, 'Unknown application command permissions'],

  botsCannotUseThisEndpoint: [403, 20001, 'Bots cannot use this endpoint'],
  onlyBotsCanUseThisEndpoint: [403, 20002, 'Only bots can use this endpoint'],
  notAuthorizedOnApplication: [
    403,
    20012,
    'You are not authorized to perform this action on this application',
  ],
  slowmode: [429, 20016, 'This action cannot be performed due to slowmode rate limit.'],

  maximumPins: [400, 30003, 'Maximum number of pins reached for the channel (250)'],
  maximumRoles: [400, 30005, 'Maximum number of guild roles reached (250)'],
  maximumWebhooks: [400, 30007, 'Maximum number of webhooks reached (15)'],
  maximumReactions: [403, 30010, 'Maximum number of reactions reached (20)'],
  maximumChannels: [400, 30013, 'Maximum number of server channels reached (500)'],
  maximumAttachments: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  guildAlreadyHasTemplate: [400, 30031, 'Guild already has a template'],
  maximumApplicationCommands: [400, 30032, 'Maximum number of application commands reached (100).'],
  maximumThreadParticipants: [
    400,
    30033,
    'Max number of thread participants has been reached (1000)',
  ],
  maximumDailyApplicationCommandCreates: [
    400,
    30034,
    'Max number of daily application command creates has been reached (200)',
  ],
  maximumOldMessageEdits: [
    429,
    30046,
    'Maximum number of edits to messages older than 1 hour reached. Try again later',
  ],
  maximumForumTags: [400, 30048, 'Maximum number of tags in a forum channel has been reached'],
  maximumWebhooksPerGuild: [400, 30058, 'Maximum number of webhooks per guild reached (1000)'],
  maximumChannelOverwrites: [
    400,
    30060,
    'Maximum number of channel permission overwrites reached (1000)',
  ],

  unauthorizedForEndpoint: [401, 40001, 'Unauthorized'],
  openingDirectMessagesTooFast: [429, 40003, 'You are opening direct messages too fast'],
  requestEntityTooLarge: [413, 40005, 'Request entity too large'],
  bannedFromGuild: [403, 40007, 'The user is banned from this guild'],
  onlyOneParentChange: [400, 40009, 'Only one channel can have a parent_id modified at a time'],
  alreadyCrossposted: [400, 40033, 'This message has already been crossposted.'],
  commandNameTaken: [400, 40041, 'An application command with that name already exists'],
  interactionFailedToSend: [400, 40043, 'Application interaction failed to send'],
  cannotSendInForum: [400, 40058, 'Cannot send a message in a forum channel'],
  interactionAlreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  maximumFollowUps: [
    400,
    40094,
    'This interaction has hit the maximum number of follow up messages',
  ],

  missingAccess: [403, 50001, 'Missing Access'],
  cannotExecuteOnDm: [403, 50003, 'Cannot execute action on a DM channel'],
  cannotEditOthersMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  cannotSendEmptyMessage: [400, 50006, 'Cannot send an empty message'],
  cannotSendToUser: [403, 50007, 'Cannot send messages to this user'],
  cannotSendInNonTextChannel: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  invalidAuthenticationToken: [401, 50014, 'Invalid authentication token provided'],
  bulkDeleteCount: [
    400,
    50016,
    'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.',
  ],
  pinOnlyInOwnChannel: [403, 50019, 'A message can only be pinned to the channel it was sent in'],
  cannotExecuteOnSystemMessage: [403, 50021, 'Cannot execute action on a system message'],
  cannotExecuteOnChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  invalidOAuth2Token: [401, 50025, 'Invalid OAuth2 access token'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  invalidRole: [400, 50028, 'Invalid role'],
  invalidRecipients: [400, 50033, 'Invalid Recipient(s)'],
  bulkDeleteTooOld: [400, 50034, 'You can only bulk delete messages that are under 14 days old.'],
  invalidFormBody: [400, 50035, 'Invalid Form Body'],
  invalidApiVersion: [400, 50041, 'Invalid API version provided'],
  fileTooLarge: [400, 50045, 'File uploaded exceeds the maximum size'],
  invalidGuild: [400, 50055, 'Invalid Guild'],
  invalidMessageType: [400, 50068, 'Invalid message type'],
  threadArchived: [400, 50083, 'Thread is archived'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  uploadedFileNotFound: [400, 50146, 'Uploaded file not found.'],

  reactionBlocked: [403, 90001, 'Reaction was blocked'],
  cannotReplyWithoutHistory: [
    400,
    160002,
    'You cannot reply without permission to read message history',
  ],
  threadAlreadyCreated: [400, 160004, 'A thread has already been created for this message'],
  threadLocked: [400, 160005, 'Thread is locked'],
  maximumActiveThreads: [400, 160006, 'Maximum number of active threads reached'],
  maximumActiveAnnouncementThreads: [
    400,
    160007,
    'Maximum number of active announcement threads reached',
  ],
  webhookForumNeedsThread: [
    400,
    220001,
    'Webhooks posted to forum channels must have a thread_name or thread_id',
  ],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

/** The names of the refusals that `discordError` knows. */
export type ErrorName = keyof typeof KNOWN;

/**
 * Makes the refusal of that name.
 * @param name what went wrong
 * @param message replaces the usual message, where it holds a figure that differs
 * @returns the error, to be thrown
 */
export function discordError(name: ErrorName, message?: string): DiscordError {
  const [status, code, usual] = KNOWN[name];
  return new DiscordError(status, code, message ?? usual);
}

/** The refusal of a body whose fields are wrong: 400, code 50035, with the fields named. */
export function invalidForm(errors: NestedErrors): DiscordError {
  const [status, code, message] = KNOWN.invalidFormBody;
  return new DiscordError(status, code, message, errors);
}

/** All refusals, for tests and documentation. */
export function knownErrors(): { name: string; status: number; code: number; message: string }[] {
  return Object.entries(KNOWN).map(([name, [status, code, message]]) => ({
    name,
    status,
    code,
    message,
  }));
}

/**
 * The nested errors as a flat list for logs and tests, such as `embeds.0.title: BASE_TYPE_REQUIRED`.
 * @param errors of a DiscordError with code 50035
 */
export function listProblems(
  errors: NestedErrors | undefined,
  path: readonly string[] = [],
): string[] {
  return Object.entries(errors ?? {}).flatMap(([key, inner]) => {
    if (Array.isArray(inner)) return inner.map(({ code }) => `${path.join('.')}: ${code}`);
    return listProblems(inner, [...path, key]);
  });
}
