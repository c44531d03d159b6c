/** Where the play is told, such as `process.stdout`. */
export interface Stage {
  write(text: string): unknown;
  /** How wide a line may be; undefined: not a terminal. */
  readonly columns?: number | undefined;
}

export interface NarratorOptions {
  /** Colours, for terminals that have them. */
  readonly colours: boolean;
  /** Between two paragraphs, so that one can read along; resolves at once where nobody reads. */
  readonly breathe: () => Promise<void>;
}

/** The places where something happens in a ticket's life. */
export type Place = 'Discord' | 'Temporal' | 'Postgres' | 'Storage';

const NARROWEST = 60;
const WIDEST = 96;
const PLACE_WIDTH = 'Postgres'.length + 2;

/** Tells the play in a terminal: headings, paragraphs, pictures, and what happened where. */
export class Narrator {
  readonly #width: number;
  #steps = 0;

  constructor(
    private readonly stage: Stage,
    private readonly options: NarratorOptions,
  ) {
    this.#width = Math.max(NARROWEST, Math.min(stage.columns ?? WIDEST, WIDEST));
  }

  /** Begins the next step. */
  async step(title: string): Promise<void> {
    if (this.#steps > 0) await this.options.breathe();
    this.#steps += 1;
    this.#lines(['', this.#styled('1', `${this.#steps}. ${title}`), '']);
  }

  /** A paragraph, broken into lines. */
  async say(text: string): Promise<void> {
    this.#lines([...wrapped(text, this.#width), '']);
    await this.options.breathe();
  }

  /** What somebody sees on their screen, with a mark before each line. */
  async picture(title: string, lines: readonly string[]): Promise<void> {
    const inside = lines.flatMap((line) => wrapped(line, this.#width - 4));
    const border = this.#styled('36', '│');
    this.#lines([
      `  ${this.#styled('36', '┌')} ${this.#styled('36', title)}`,
      ...inside.map((line) => `  ${border} ${line}`.trimEnd()),
      `  ${this.#styled('36', '└')}`,
      '',
    ]);
    await this.options.breathe();
  }

  /** What happened where, one paragraph a place. */
  async happened(facts: readonly (readonly [Place, string])[]): Promise<void> {
    for (const [place, text] of facts) {
      const [first = '', ...rest] = wrapped(text, this.#width - PLACE_WIDTH - 2);
      this.#lines([
        `  ${this.#styled('33', place.padEnd(PLACE_WIDTH))}${first}`,
        ...rest.map((line) => `  ${' '.repeat(PLACE_WIDTH)}${line}`),
      ]);
    }
    this.#lines(['']);
    await this.options.breathe();
  }

  /** A line that is not broken, such as an address to be copied. */
  line(text: string): void {
    this.#lines([`  ${text}`.trimEnd()]);
  }

  #lines(lines: readonly string[]): void {
    this.stage.write(`${lines.join('\n')}\n`);
  }

  #styled(style: string, text: string): string {
    return this.options.colours ? `\u001b[${style}m${text}\u001b[0m` : text;
  }
}

/** The text in lines of at most `width` characters, broken between words; an indent is kept. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const indent = /^ */.exec(paragraph)?.[0] ?? '';
    const lines: string[] = [];
    let line = indent;
    for (const word of paragraph.slice(indent.length).split(/ +/)) {
      const longer = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
      if (longer.length > width && line.trim() !== '') {
        lines.push(line);
        line = `${indent}${word}`;
      } else {
        line = longer;
      }
    }
    return [...lines, line];
  });
}
