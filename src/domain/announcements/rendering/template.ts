import { Writer, type TemplateSpans } from 'mustache';
import { cleanse, label } from '../../text';
import { LISTS, VARIABLES, type Values } from './variables';

/**
 * Templates of administrators: Mustache, without what it can do beyond variables and sections. Nothing in them
 * is run, nothing is looked up that is not listed, and what a template can cost is bounded when it is checked.
 */
export const MOST = {
  /** UTF-16 code units of a template. */
  length: 1_000,
  tags: 40,
  depth: 3,
} as const;

/** By default it keeps every template that it ever saw. */
class Uncached extends Writer {
  protected readonly templateCache = undefined;
}

const RIGHT = 'For example: **{{title}}**{{#author}} by {{author}}{{/author}}';

/**
 * Looks at a template before it is kept.
 *
 * @returns a sentence that names what is wrong with it and shows what would be right; `null`: nothing is
 */
export function checkTemplate(text: string): string | null {
  if (text.length > MOST.length) {
    return `It has ${text.length} characters, and a template has at most ${MOST.length}. Shorten it. ${RIGHT}`;
  }
  const parsed = parse(text);
  if (typeof parsed === 'string') return parsed;
  const spans = flat(parsed);
  const tags = spans.filter(({ span }) => span[0] !== 'text').length;
  if (tags > MOST.tags) {
    return `It has ${tags} tags, and a template has at most ${MOST.tags}. Leave some out. ${RIGHT}`;
  }
  for (const { span, lists, depth } of spans) {
    const problem = checkSpan(span, lists, depth);
    if (problem !== null) return problem;
  }
  return null;
}

/**
 * Fills a template. One that `checkTemplate` would not let through is filled as well, with nothing where it is
 * wrong: it may be of an earlier version.
 *
 * @returns own and outside text, to be settled (regions.ts); `null`: it cannot be read
 */
export function fillTemplate(text: string, values: Values): string | null {
  if (checkTemplate(text) !== null) return null;
  return new Uncached().render(cleanse(text), values, undefined, { escape: String });
}

type Span = TemplateSpans[number];

function parse(text: string): TemplateSpans | string {
  try {
    return new Uncached().parse(text) as TemplateSpans;
  } catch (error) {
    const [, what, name] =
      /^(Unclosed tag|Unclosed section|Unopened section)(?: "(.*)")? at/s.exec(
        error instanceof Error ? error.message : '',
      ) ?? [];
    switch (what) {
      case 'Unclosed section':
        return `The section {{#${shown(name)}}} is not closed where it must be. For example: {{#author}}by {{author}}{{/author}}`;
      case 'Unopened section':
        return `{{/${shown(name)}}} closes a section that was not opened. For example: {{#author}}by {{author}}{{/author}}`;
      default:
        return `Two braces {{ are opened and not closed with }}. ${RIGHT}`;
    }
  }
}

interface Place {
  readonly span: Span;
  /** The lists around it, outermost first. */
  readonly lists: readonly List[];
  readonly depth: number;
}

type List = keyof typeof LISTS;

const isList = (name: string): name is List => Object.hasOwn(LISTS, name);

function flat(spans: TemplateSpans, lists: readonly List[] = [], depth = 0): readonly Place[] {
  return spans.flatMap((span) => {
    const [type, name, , , inner] = span;
    const within = type === '#' && isList(name) ? [...lists, name] : lists;
    const below = Array.isArray(inner) ? flat(inner, within, depth + 1) : [];
    return [{ span, lists, depth }, ...below];
  });
}

function checkSpan([type, name]: Span, lists: readonly List[], depth: number): string | null {
  switch (type) {
    case 'text':
      return checkText(name);
    case '!':
      return null;
    case '&':
      return `{{{${shown(name)}}}} and {{&${shown(name)}}} are not understood, since nothing is shown unescaped. Write it with two braces: {{title}}`;
    case '>':
      return `{{>${shown(name)}}} would take in another template, and there are none. ${RIGHT}`;
    case '=':
      return `The braces cannot be exchanged for other signs. ${RIGHT}`;
    case '^':
    case '#':
      if (depth >= MOST.depth) {
        return `Sections stand in each other ${depth + 1} deep, and ${MOST.depth} is the most. ${RIGHT}`;
      }
      if (type === '#' && isList(name)) {
        return lists.length === 0
          ? null
          : `{{#${name}}} stands in {{#${lists.join('}}{{#')}}}, and a list cannot stand in a list. For example: {{#commits}}- {{title}}{{/commits}}`;
      }
      return isList(name) ? null : checkName(name, lists);
    case 'name':
      return isList(name)
        ? `{{${name}}} is a list. Say what is to be shown of each entry, for example: ${EXAMPLES[name]}`
        : checkName(name, lists);
  }
}

const EXAMPLES: Readonly<Record<List, string>> = {
  commits: '{{#commits}}- {{title}} ({{author}}){{/commits}}',
  fields: '{{#fields}}**{{name}}:** {{value}}{{/fields}}',
  items: '{{#items}}- {{headline}}{{/items}}',
};

function checkName(name: string, lists: readonly List[]): string | null {
  const here: readonly string[] = lists.flatMap((list) => LISTS[list]);
  const known: readonly string[] = [...here, ...VARIABLES];
  if (known.includes(name)) return null;
  const list = Object.entries(LISTS).find(([, names]) =>
    (names as readonly string[]).includes(name),
  );
  if (list !== undefined) {
    return `{{${name}}} is known only within {{#${list[0]}}}. For example: ${EXAMPLES[list[0] as List]}`;
  }
  return `There is no variable {{${shown(name)}}}. There are ${known.join(', ')}. ${RIGHT}`;
}

function checkText(text: string): string | null {
  const mention = /@(?:everyone|here)|<@[!&]?\d*>?/i.exec(text)?.[0];
  if (mention !== undefined) {
    return `${mention} cannot stand in a template: only the ping of a route pings a role. For example, in the route: ping: { role: News }`;
  }
  if (text.includes('`')) {
    return `A template cannot have code (\`), since what stands in it could not be escaped. Write it in bold instead: **{{tag}}**`;
  }
  if (cleanse(text) !== text.normalize('NFC')) {
    return `It has characters that cannot be seen, or that change the direction of writing. Type it anew. ${RIGHT}`;
  }
  return null;
}

const shown = (name: string | undefined): string => label(name ?? '', { max: 40 });
