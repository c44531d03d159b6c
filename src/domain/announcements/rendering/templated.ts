import type { Template } from '../settings';
import { settled, settledLabel, settledLine } from './regions';
import { fillTemplate } from './template';
import type { Values } from './variables';

/** What an administrator's templates make of a post; `undefined` where the built-in words stand. */
export interface Templated {
  readonly content: string | null;
  readonly title: string | undefined;
  readonly threadName: string | undefined;
  /** `null`: nothing is to stand there. */
  readonly description: string | null | undefined;
  readonly footer: string | null | undefined;
}

/** @param room of each part, in UTF-16 code units */
export function applied(
  template: Template,
  values: Values,
  room: {
    readonly content: number;
    readonly title: number;
    readonly description: number;
    readonly footer: number;
    readonly threadName: number;
  },
): Templated {
  const filled = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : (fillTemplate(text, values) ?? undefined);
  const title = filled(template.title);
  const description = filled(template.description);
  const footer = filled(template.footer);
  return {
    content: orNull(settled(filled(template.content) ?? '', room.content)),
    // A post and a thread must be called something.
    title: orUndefined(title && settledLine(title, room.title)),
    threadName: orUndefined(title && settledLabel(title, room.threadName)),
    description:
      description === undefined ? undefined : orNull(settled(description, room.description)),
    footer: footer === undefined ? undefined : orNull(settledLabel(footer, room.footer)),
  };
}

const orNull = (text: string): string | null => (text === '' ? null : text);
const orUndefined = (text: string | undefined): string | undefined =>
  text === '' ? undefined : text;
