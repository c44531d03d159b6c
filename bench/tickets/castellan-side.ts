import { setTimeout as pause } from 'node:timers/promises';
import type { RunState } from '../../src/cli/supervision/run-record';
import { startCastellan } from '../castellan/start';
import type { Measured } from '../measure/processes';
import type { Side } from './side';

/**
 * A category without a form, so that a command opens a ticket at once as with the bare bot, and no
 * limits. What is deleted by hand is over at once.
 */
const CONFIGURATION = `guilds:
  - guild: Kestrel Keep
    roles:
      admin: [Owner]
    teams:
      helpers:
        name: Helpers
        members: [Moderator]
    categories:
      - id: quick
        title: Quick question
        description: Opens at once
        team: helpers
    inactivity:
      warn_after: 48h
      close_after: 72h
    reopen_window: 0s
`;

/** Starts `castellan all` with its embedded parts on a local Discord and a data directory of its own. */
export async function startCastellanSide(): Promise<Side> {
  const castellan = await startCastellan(CONFIGURATION);
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
