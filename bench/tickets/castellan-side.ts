import { setTimeout as pause } from 'node:timers/promises';
import type { RunState } from '../../src/cli/supervision/run-record';
import { startCastellan } from '../castellan/start';
import type { Measured } from '../measure/processes';
import type { Side } from './side';

/** What is deleted by hand is over at once. */
const SETTINGS = `    inactivity:
      warn_after: 48h
      close_after: 72h
    reopen_window: 0s
`;

/** Starts `castellan all` with its embedded parts on a local Discord and a data directory of its own. */
export async function startCastellanSide(): Promise<Side> {
  const castellan = await startCastellan(SETTINGS);
  const { pid, processes, driver, connection, namespace, actions, stop } = castellan;
  return {
    name: 'castellan',
    driver,
    own: measured(processes, 'bot', 'worker'),
    servers: measured(processes, 'temporal', 'postgres'),
    others: new Map([['all', { pid, children: false }], ...measured(processes, 'web')]),
    // After 10 seconds the bot looks whether the person was answered.
    aftermathMs: 11_000,
    actions,
    async untilForgotten() {
      const query = 'ExecutionStatus = "Running"';
      for (;;) {
        const { workflowService } = connection;
        const { count } = await workflowService.countWorkflowExecutions({ namespace, query });
        if (count.isZero()) return;
        await pause(100);
      }
    },
    stop,
  };
}

function measured(processes: RunState['processes'], ...names: string[]): Map<string, Measured> {
  return new Map(
    names.map((name) => {
      const found = processes[name];
      if (found === undefined) throw new Error(`The run's record names no ${name}.`);
      return [name, { pid: found.pid, children: name === 'postgres' }];
    }),
  );
}
