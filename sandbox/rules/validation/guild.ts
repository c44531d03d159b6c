import type { Field } from './form';
import { checkForm } from './form';

/** A time-out lasts at most 28 days, in milliseconds. */
const LONGEST_TIMEOUT = 28 * 24 * 3_600_000;
/** A ban can delete the messages of the last 7 days, in seconds. */
const LONGEST_DELETION = 604_800;

/**
 * Checks the body of a new role or of an edit of one.
 * Source: https://discord.com/developers/docs/resources/guild#create-guild-role
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkRole(body: unknown): void {
  checkForm(body ?? {}, (role) => {
    role.child('name').text({ min: 1, max: 100 });
    role.child('permissions').bits();
    role.child('color').integer({ min: 0, max: 0xffffff });
    const colors = role.child('colors');
    if (colors.object()) {
      colors.child('primary_color').integer({ min: 0, max: 0xffffff });
      colors.child('secondary_color').integer({ min: 0, max: 0xffffff });
      colors.child('tertiary_color').integer({ min: 0, max: 0xffffff });
    }
    role.child('icon').text();
    role.child('unicode_emoji').text({ max: 100 });
    role.child('hoist').boolean();
    role.child('mentionable').boolean();
  });
}

/**
 * Checks the body of an edit of a member, oneself included.
 * Source: https://discord.com/developers/docs/resources/guild#modify-guild-member
 * @param now milliseconds of the epoch, as a time-out lasts at most 28 days from now
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkMemberEdit(body: unknown, now: number): void {
  checkForm(body, (member) => {
    member.child('nick').text({ max: 32 });
    for (const role of member.child('roles').list()) role.snowflake(true);
    member.child('flags').integer({ min: 0 });
    member.child('mute').boolean();
    member.child('deaf').boolean();
    member.child('channel_id').snowflake();
    const until = member.child('communication_disabled_until');
    const text = until.timestamp();
    if (text !== undefined && Date.parse(text) - now > LONGEST_TIMEOUT) {
      until.report(
        'INVALID_COMMUNICATION_DISABLED_TIMESTAMP',
        'The communication disabled until time must be within 28 days',
      );
    }
  });
}

/**
 * Checks the body of a ban.
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkBan(body: unknown): void {
  checkForm(body ?? {}, (ban) => {
    ban.child('delete_message_seconds').integer({ min: 0, max: LONGEST_DELETION });
  });
}

/**
 * Checks the body of a new webhook: a name of 1 to 80 characters without Discord's own names.
 * Source: https://discord.com/developers/docs/resources/webhook#create-webhook
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkWebhookCreate(body: unknown): void {
  checkForm(body, (webhook) => {
    checkWebhookName(webhook.child('name'), true);
    webhook.child('avatar').text();
  });
}

/**
 * Checks the body of an edit of a webhook.
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkWebhookEdit(body: unknown): void {
  checkForm(body, (webhook) => {
    checkWebhookName(webhook.child('name'), false);
    webhook.child('avatar').text();
    webhook.child('channel_id').snowflake();
  });
}

/**
 * Checks what a message that a webhook posts shows of its author.
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkWebhookAuthor(body: unknown): void {
  checkForm(body, (message) => {
    checkWebhookName(message.child('username'), false);
    message.child('avatar_url').text();
  });
}

/** The name that a webhook, or one message of it, shows. */
export function checkWebhookName(name: Field, required: boolean): void {
  const text = name.text({ min: 1, max: 80, required })?.toLowerCase();
  for (const forbidden of ['clyde', 'discord']) {
    if (text?.includes(forbidden) !== true) continue;
    name.report('USERNAME_INVALID_CONTAINS', `Username cannot contain "${forbidden}"`);
  }
}

/**
 * Checks the list of messages that are deleted at once. How many and how old they may be has codes of
 * its own (50016, 50034), which the caller gives.
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkBulkDelete(body: unknown): void {
  checkForm(body, (request) => {
    for (const id of request.child('messages').list({ required: true })) id.snowflake(true);
  });
}
