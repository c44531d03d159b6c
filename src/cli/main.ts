import { withDotenv, type Variables } from '../config/environment';
import { productVersion } from '../config/package';
import { withoutSecrets } from '../observability/redaction';
import type { EmbeddedDiscordProgram } from './embedded/local-discord';
import { exitCodes } from './exit-codes';
import { needsMending } from './service';
import { DataInUseError } from './supervision/data-lock';
import { usage } from './usage';

/** What the program knows that nothing under src/ may. */
export interface MainDependencies {
  /** The compiled program itself. */
  readonly program: string;
  readonly embeddedDiscord: EmbeddedDiscordProgram;
}

type Subcommand = (
  args: readonly string[],
  variables: Variables,
  dependencies: MainDependencies,
) => Promise<number>;

/** Each loads its code only when it is called: a bot needs no worker, a help text needs neither. */
const subcommands: Readonly<Record<string, Subcommand>> = {
  all: withoutArguments(async (variables, dependencies) => {
    const { all } = await import('./all.js');
    return all({ variables, ...dependencies });
  }),
  bot: withoutArguments(async (variables) => (await import('./bot.js')).bot(variables)),
  web: withoutArguments(async (variables) => (await import('./web.js')).web(variables)),
  worker: withoutArguments(async (variables) => (await import('./worker.js')).worker(variables)),
  migrate: withoutArguments(async (variables) => (await import('./migrate.js')).migrate(variables)),
  'check-config': async (args) => {
    const [file, ...more] = args;
    if (file === undefined || more.length > 0) return misused('check-config takes one file.');
    return (await import('./check-config.js')).checkConfig(file);
  },
  sample: async (args, variables) => (await import('./sample.js')).sample(args, variables),
  doctor: async (args, variables) => {
    const { doctor, isPart } = await import('./doctor.js');
    const only = args.map((arg) => /^--only=(.+)$/.exec(arg)?.[1]);
    const parts = only.filter(isPart);
    if (parts.length < args.length) return misused('doctor takes --only=PART and nothing else.');
    return doctor(variables, parts);
  },
};

/**
 * Runs the program.
 *
 * @param argv the arguments after the program's name
 * @returns the exit code
 */
export async function main(
  argv: readonly string[],
  processVariables: Variables,
  dependencies: MainDependencies,
): Promise<number> {
  const [name = '', ...args] = argv;
  if (['--help', '-h', 'help'].includes(name)) {
    process.stdout.write(usage);
    return exitCodes.clean;
  }
  if (['--version', '-v'].includes(name)) {
    process.stdout.write(`${productVersion()}\n`);
    return exitCodes.clean;
  }
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (!subcommand) {
    return misused(name === '' ? 'Say what to start.' : `There is no subcommand "${name}".`);
  }
  try {
    return await subcommand(args, withDotenv(processVariables, process.cwd()), dependencies);
  } catch (error) {
    return report(error);
  }
}

function withoutArguments(
  run: (variables: Variables, dependencies: MainDependencies) => Promise<number>,
): Subcommand {
  return (args, variables, dependencies) =>
    args.length > 0
      ? Promise.resolve(misused(`"${args.join(' ')}" is not understood here.`))
      : run(variables, dependencies);
}

function misused(problem: string): number {
  process.stderr.write(`castellan: ${problem}\n\n${usage}`);
  return exitCodes.usage;
}

/** Messages that are written for a person have no secrets in them; others may have anything. */
function report(error: unknown): number {
  if (needsMending(error) || error instanceof DataInUseError) {
    process.stderr.write(`castellan: ${error.message}\n`);
  } else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`castellan: ${withoutSecrets(text)}\n`);
  }
  return needsMending(error) ? exitCodes.configuration : exitCodes.failed;
}
