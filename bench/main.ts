import { status, STATUS_USAGE } from './status/status';
import { tickets, USAGE } from './tickets/tickets';
import { watch, WATCH_USAGE } from './watch/watch';
import { webhooks, WEBHOOKS_USAGE } from './webhooks/webhooks';

/** What can be measured, by the word after `npm run bench --`. */
const benchmarks: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  status,
  tickets,
  watch,
  webhooks,
};

async function main([name = '', ...args]: string[]): Promise<void> {
  const run = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (run === undefined) {
    process.stderr.write(`${USAGE}\n${WATCH_USAGE}\n${STATUS_USAGE}\n${WEBHOOKS_USAGE}`);
    process.exitCode = 2;
    return;
  }
  await run(args);
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
