import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { ROOT } from './compose-parser';

/** One stage of the Dockerfile, from its FROM to the next. */
export interface Stage {
  readonly name: string;
  /** The image or earlier stage that it builds on, as written. */
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** The Dockerfile, parsed. */
export const dockerfile = () =>
  DockerfileParser.parse(readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8'));

/** Its stages, in order; the last one is the image. */
export function stages(): Stage[] {
  const found: { name: string; base: string; instructions: Instruction[] }[] = [];
  const parsed = dockerfile();
  const starts = parsed.getFROMs();
  for (const instruction of parsed.getInstructions()) {
    const start = starts.find(
      (from) => from.getRange().start.line === instruction.getRange().start.line,
    );
    if (start) {
      found.push({
        name: start.getBuildStage() ?? '',
        base: start.getImage() ?? '',
        instructions: [],
      });
    } else {
      found.at(-1)?.instructions.push(instruction);
    }
  }
  return found;
}

/** Every COPY: the stage that it belongs to, what it copies, and the stage that it copies from. */
export function copies(): { stage: number; from: string | undefined; sources: string[] }[] {
  const parsed = dockerfile();
  const starts = parsed.getFROMs().map((from) => from.getRange().start.line);
  return parsed.getCOPYs().map((copy) => ({
    stage: starts.filter((line) => line < copy.getRange().start.line).length - 1,
    from:
      copy
        .getFlags()
        .find((flag) => flag.getName() === 'from')
        ?.getValue() ?? undefined,
    sources: copy
      .getArguments()
      .slice(0, -1)
      .map((argument) => argument.getValue()),
  }));
}

/** The last stage. @throws Error when the Dockerfile has none */
export function image(): Stage {
  const last = stages().at(-1);
  if (!last) throw new Error('The Dockerfile has no stage.');
  return last;
}

/** The variables that the image sets for every process. */
export function imageEnvironment(): Record<string, string> {
  const lines = image().instructions.map((instruction) => instruction.getRange().start.line);
  const own = dockerfile()
    .getENVs()
    .filter((env) => lines.includes(env.getRange().start.line));
  return Object.fromEntries(
    own.flatMap((env) =>
      env.getProperties().map((property) => [property.getName(), property.getValue() ?? '']),
    ),
  );
}
