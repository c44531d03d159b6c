import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { PanelActivities } from './activities';
import type { PanelInput } from './contract';

/** An answer to an interaction is possible for 15 minutes; a panel nobody hears of is asked for again. */
const { postPanel } = proxyActivities<PanelActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '15 minutes',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
});

/** Posts one panel. */
export async function panelWorkflow(input: PanelInput): Promise<void> {
  setCurrentDetails(`Posts the panel \`${input.panelId}\` in channel \`${input.channelId}\`.`);
  await postPanel.executeWithOptions({ summary: `Post the panel ${input.panelId}` }, [input]);
}
