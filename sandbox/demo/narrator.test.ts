import { describe, expect, it } from '@jest/globals';
import { Narrator, wrapped } from './narrator';

function narrated(colours: boolean): { narrator: Narrator; text: () => string } {
  const parts: string[] = [];
  const narrator = new Narrator(
    { write: (text) => parts.push(text), columns: 70 },
    { colours, breathe: () => Promise.resolve() },
  );
  return { narrator, text: () => parts.join('') };
}

describe('wrapped', () => {
  it('breaks between words and keeps an indent', () => {
    expect(wrapped('  one two three', 9)).toEqual(['  one two', '  three']);
  });

  it('keeps a word whole that is longer than a line', () => {
    expect(wrapped('see https://example.org/long now', 10)).toEqual([
      'see',
      'https://example.org/long',
      'now',
    ]);
  });

  it('keeps empty lines', () => {
    expect(wrapped('a\n\nb', 9)).toEqual(['a', '', 'b']);
  });
});

describe('the narrator', () => {
  it('numbers the steps, frames pictures and says what happened where', async () => {
    const { narrator, text } = narrated(false);
    await narrator.step('First');
    await narrator.picture('#general', ['Hello.', '']);
    await narrator.happened([['Temporal', 'A workflow.']]);
    await narrator.step('Second');
    expect(text()).toBe(
      '\n1. First\n\n  ┌ #general\n  │ Hello.\n  │\n  └\n\n  Temporal  A workflow.\n\n\n2. Second\n\n',
    );
  });

  it('uses colours only where they are wanted', async () => {
    const plain = narrated(false);
    await plain.narrator.step('First');
    expect(plain.text()).not.toContain('\u001b');
    const coloured = narrated(true);
    await coloured.narrator.step('First');
    expect(coloured.text()).toContain('\u001b[1m1. First\u001b[0m');
  });

  it('breaks no line that is to be copied', () => {
    const { narrator, text } = narrated(false);
    const address = `http://127.0.0.1/${'a'.repeat(100)}`;
    narrator.line(address);
    expect(text()).toBe(`  ${address}\n`);
  });
});
