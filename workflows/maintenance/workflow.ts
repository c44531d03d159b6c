import { proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { Alarm } from '../alarm';
import type { MaintenanceActivities, MaintenanceMessage, MaintenancePhase } from './activities';
import type { MaintenanceInput } from './contract';
import { maintenanceEndedSignal } from './contract';

const { announceMaintenance } = proxyActivities<MaintenanceActivities>({
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
});

/** One time of planned maintenance: a message that says first that it comes, then that it is on, then that it is over. */
export async function maintenanceWorkflow(maintenance: MaintenanceInput): Promise<void> {
  const { from, to, serverId } = maintenance;
  const alarm = new Alarm();
  const call = { off: false };
  let message: MaintenanceMessage | null = null;

  setHandler(maintenanceEndedSignal, () => {
    call.off = true;
  });

  /** @returns whether somebody sees it: else there is nothing to go on with */
  const announce = async (phase: MaintenancePhase): Promise<boolean> => {
    setCurrentDetails(`Maintenance of \`${serverId}\`, ${time(from)} to ${time(to)}: ${phase}.`);
    message = await announceMaintenance.executeWithOptions(
      { summary: `Announce the maintenance of ${serverId}: ${phase}` },
      [{ maintenance, phase, message }],
    );
    return message !== null;
  };
  const until = async (at: number, summary: string): Promise<void> => {
    if (call.off || at <= Date.now()) return;
    await alarm.wait(() => call.off, { at, summary });
  };
  const isOff = (): boolean => call.off;

  if (Date.now() < from) {
    if (!(await announce('planned'))) return;
    await until(from, 'Until the maintenance begins');
  }
  if (!isOff()) {
    if (!(await announce('begun'))) return;
    await until(to, 'Until the maintenance ends');
  }
  await announce(Date.now() < from ? 'called-off' : 'over');
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
