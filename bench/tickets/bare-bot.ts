import {
  ApplicationCommandOptionType,
  ChannelType,
  Client,
  Events,
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits as P,
  type ChatInputCommandInteraction,
} from 'discord.js';

/**
 * What everything is compared with: the least that opens a ticket, as a program of its own. It
 * acknowledges, creates the channel with its overwrites and posts one message; it counts no limits,
 * keeps no record, survives nothing.
 *
 * It is started with the variables BARE_TOKEN, BARE_API_URL and BARE_STAFF_ROLES (ids, separated by
 * commas), tells its parent when its command is registered, and ends with it.
 */
const READ = [P.ViewChannel, P.ReadMessageHistory];
const WRITE = [P.SendMessages, P.AttachFiles, P.EmbedLinks, P.AddReactions];

async function open(interaction: ChatInputCommandInteraction, staff: readonly string[]) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { guild, user, client } = interaction;
  if (guild === null) return;
  const channel = await guild.channels.create({
    name: 'ticket',
    type: ChannelType.GuildText,
    // By this the benchmark knows which channel belongs to which interaction.
    topic: `ticket-${interaction.id}`,
    permissionOverwrites: [
      { id: guild.id, deny: [P.ViewChannel] },
      ...staff.map((id) => ({ id, allow: [...READ, ...WRITE] })),
      { id: user.id, allow: [...READ, ...WRITE] },
      { id: client.user.id, allow: [...READ, ...WRITE, P.ManageChannels, P.ManageMessages] },
    ],
  });
  await channel.send(`<@${user.id}>, please tell us what it is about.`);
}

async function main(): Promise<void> {
  const { BARE_TOKEN = '', BARE_API_URL = '', BARE_STAFF_ROLES = '' } = process.env;
  const staff = BARE_STAFF_ROLES.split(',').filter((id) => id !== '');
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: BARE_API_URL },
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    open(interaction, staff).catch((error: unknown) => {
      console.error(error);
    });
  });
  const ready = new Promise<Client<true>>((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  await client.login(BARE_TOKEN);
  const { application } = await ready;
  await application.commands.set([
    {
      name: 'ticket',
      description: 'Ask the team for help',
      options: [
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'open',
          description: 'Open a ticket',
          options: [
            {
              type: ApplicationCommandOptionType.String,
              name: 'category',
              description: 'What it is about',
            },
          ],
        },
      ],
    },
  ]);
  process.send?.('ready');
}

process.on('disconnect', () => process.exit(0));
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
