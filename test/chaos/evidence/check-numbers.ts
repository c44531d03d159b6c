import type { Evidence } from './evidence';
import type { Finding } from './finding';

/** Numbers count 1, 2, 3 … per guild, without gaps; every started workflow has one case, and the other way round. */
export function checkNumbers({
  cases,
  lastNumbers,
  histories,
  brokenWorkflows,
  interactions,
}: Evidence): Finding {
  const defects = brokenWorkflows.map((broken) => `the workflow ${broken}`);
  for (const [guild, last] of lastNumbers) {
    const numbers = cases.filter(({ guildId }) => guildId === guild).map(({ number }) => number);
    const wanted = Array.from({ length: numbers.length }, (_, index) => index + 1);
    if (numbers.join() !== wanted.join()) {
      defects.push(`the numbers of guild ${guild} are ${numbers.join()}`);
    }
    if (last !== numbers.length) {
      defects.push(`guild ${guild} has given ${last} numbers to ${numbers.length} cases`);
    }
  }
  const ids = new Set(cases.map(({ caseId }) => caseId));
  for (const id of histories.keys()) {
    if (!ids.has(id)) defects.push(`the workflow ${id} has no case`);
  }
  for (const id of ids) if (!histories.has(id)) defects.push(`the case ${id} has no workflow`);
  const asked = new Set(interactions.map(({ state }) => `ticket-${state.id}`));
  for (const id of ids) if (!asked.has(id)) defects.push(`nobody has asked for the case ${id}`);
  const failed = [...histories.values()].reduce((sum, { failedTasks }) => sum + failedTasks, 0);
  return {
    figures: [
      ['tickets accepted', cases.length],
      ['highest number', Math.max(0, ...lastNumbers.values())],
      ['workflows that failed', brokenWorkflows.length],
      ['failed workflow tasks', failed],
    ],
    defects,
  };
}
