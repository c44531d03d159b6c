/**
 * The `allowed_mentions` that every message of ours carries unless it means to ping somebody
 * (https://docs.discord.com/developers/resources/message#allowed-mentions-object): even a mention
 * that the text policy did not know pings nobody.
 */
export const noMentions: { parse: never[] } = Object.freeze({ parse: [] });
