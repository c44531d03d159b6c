import type { Supervisor } from './supervision/supervisor';

/**
 * Ends the processes of a run so that nothing is lost: first who takes new work, then who does it,
 * then what it is done on. Each step waits for the one before; each process has its own limit, and
 * together they stay below 10 seconds.
 */
export async function stopInOrder(supervisors: readonly Supervisor[]): Promise<void> {
  const steps = [['bot', 'web'], ['worker'], ['temporal', 'postgres', 'discord']];
  for (const names of steps) {
    const step = supervisors.filter(({ name }) => names.includes(name));
    await Promise.all(step.map((supervisor) => supervisor.stop()));
  }
}
