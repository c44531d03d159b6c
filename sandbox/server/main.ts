import { runProgram } from './program';

runProgram(process.argv.slice(2), { stdin: process.stdin, stdout: process.stdout }).then(
  async ({ stop, ended }) => {
    process.on('SIGTERM', () => void stop());
    process.on('SIGINT', () => void stop());
    await ended;
    process.exit(0);
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The local Discord did not start: ${message}\n`);
    process.exit(1);
  },
);
