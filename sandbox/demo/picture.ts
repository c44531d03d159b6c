import { z } from 'zod';
import type { GuildSnapshot, OpenModal, SeenMessage } from '../index';

const embedSchema = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  fields: z
    .array(z.object({ name: z.string(), value: z.string(), inline: z.boolean().optional() }))
    .optional(),
});

type Component = SeenMessage['components'][number];

/** Draws what people see in Discord as lines of text, with names where Discord puts names. */
export class Painter {
  constructor(
    private readonly guild: GuildSnapshot,
    /** Milliseconds since the epoch: "in 3 days" counts from here. */
    private readonly now: number,
  ) {}

  /** A message with its embeds and buttons. */
  message(message: SeenMessage): string[] {
    const embeds = z.array(embedSchema).parse(message.embeds);
    const content = message.content === '' ? [] : this.text(message.content).split('\n');
    return [
      ...content,
      ...embeds.flatMap((embed) => this.#embed(embed)),
      ...message.components.flatMap((row) => this.#row(row)),
    ];
  }

  /** What somebody wrote, with their name before it. */
  written(message: SeenMessage): string[] {
    const [first = '', ...rest] = this.message(message);
    const name = this.personName(message.author.id);
    return [`${name}: ${first}`, ...rest.map((line) => `  ${line}`)];
  }

  /** A form, with what is written into its fields. */
  form(modal: OpenModal, values: Readonly<Record<string, string>>): string[] {
    return fieldsOf(modal.components).flatMap(({ label, id }) => [
      label,
      `  [ ${values[id] ?? ''} ]`,
    ]);
  }

  /** Discord's markup as text: names for ids, dates for instants, no asterisks. */
  text(source: string): string {
    return source
      .replace(/<@&(\d+)>/g, (_, id: string) => `@${this.#roleName(id)}`)
      .replace(/<@!?(\d+)>/g, (_, id: string) => `@${this.personName(id)}`)
      .replace(/<#(\d+)>/g, (_, id: string) => `#${this.channelName(id)}`)
      .replace(/<t:(\d+):(\w)>/g, (_, at: string, form: string) => this.#instant(at, form))
      .replace(/^>(>>)? /gm, '  ')
      .replace(/\*\*(.+?)\*\*/g, '$1')
      .replace(/\\([\\`*_~|>#<@:()[\]-])/g, '$1');
  }

  personName(id: string): string {
    return this.guild.members.find((member) => member.id === id)?.displayName ?? 'somebody';
  }

  channelName(id: string): string {
    return this.guild.channels.find((channel) => channel.id === id)?.name ?? 'deleted-channel';
  }

  #roleName(id: string): string {
    return this.guild.roles.find((role) => role.id === id)?.name ?? 'deleted-role';
  }

  #instant(seconds: string, form: string): string {
    const at = Number(seconds) * 1_000;
    return form === 'R' ? relative(at - this.now) : dateTime(at);
  }

  #embed({ title, description, fields = [] }: z.infer<typeof embedSchema>): string[] {
    const short = fields.filter(({ inline }) => inline === true);
    const long = fields.filter(({ inline }) => inline !== true);
    return [
      ...(title === undefined ? [] : [this.text(title)]),
      ...(description === undefined ? [] : this.text(description).split('\n')),
      ...(short.length === 0
        ? []
        : [short.map(({ name, value }) => `${name}: ${this.text(value)}`).join('  ·  ')]),
      ...long.flatMap(({ name, value }) => [
        `${this.text(name)}${/[.?!:]$/.test(name) ? '' : ':'}`,
        ...this.text(value)
          .split('\n')
          .map((line) => `  ${line}`),
      ]),
    ];
  }

  #row(row: Component): string[] {
    const drawn = (row.components ?? [row]).flatMap((part) => {
      if (part.label !== undefined) return [`[ ${part.label} ]`];
      if (part.placeholder !== undefined) return [`[ ${part.placeholder} ▾ ]`];
      return [];
    });
    return drawn.length === 0 ? [] : [drawn.join(' ')];
  }
}

/** The text fields of a form, each with the words above it. */
function fieldsOf(components: readonly Component[]): { label: string; id: string }[] {
  return components.flatMap(({ label, component }) =>
    component?.custom_id === undefined ? [] : [{ label: label ?? '', id: component.custom_id }],
  );
}

/** "2026-11-23 06:47 UTC" */
export function dateTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "in 3 days", "2 hours ago"; as Discord shows it, which rounds as well. */
function relative(ms: number): string {
  const [unit, length] = UNITS.find((one) => Math.abs(ms) >= one[1]) ?? ['second', 1_000];
  const amount = Math.round(Math.abs(ms) / length);
  const words = `${amount} ${unit}${amount === 1 ? '' : 's'}`;
  return ms < 0 ? `${words} ago` : `in ${words}`;
}
