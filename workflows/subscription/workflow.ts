import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { advance } from '../../src/domain/announcements/subscription/advance';
import { nextStep, type SubscriptionStep } from '../../src/domain/announcements/subscription/step';
import {
  newSubscription,
  type SubscriptionCommand,
  type SubscriptionState,
} from '../../src/domain/announcements/subscription/subscription';
import { Alarm } from '../alarm';
import { handlersFirst } from '../turn';
import type { SubscriptionActivities } from './activities';
import type { SubscriptionInput } from './contract';
import { hubAskedSignal, refusedSignal, revokedSignal, sourceChangedSignal } from './contract';
import { currentDetails, tellSummary, TIMER_SUMMARY } from './details';

const retry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
} as const;
const heartbeatTimeout = '10 seconds';

/** Tries without end: what fails outside of us is an outcome, and only our own parts are waited for. */
const { lookAtSource, askHub, recordHub, pollFeed, eraseDeliveries } =
  proxyActivities<SubscriptionActivities>({
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout,
    retry,
  });

/** Discord's outage keeps nothing else from being done: then it is told later. */
const { tellTrouble } = proxyActivities<SubscriptionActivities>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '2 minutes',
  heartbeatTimeout,
  retry,
});

/** A courtesy: what the hub does not hear ends with its lease. */
const { unsubscribe } = proxyActivities<SubscriptionActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '10 minutes',
  heartbeatTimeout,
  retry,
});

/**
 * Keeps one source, from its definition to its removal: its subscription at a hub, its feed, what is told of it,
 * and how long its deliveries are kept.
 *
 * @param source which
 * @param carried the state of the run before, when the history had grown too long
 */
export async function subscriptionWorkflow(
  source: SubscriptionInput,
  carried?: SubscriptionState,
): Promise<void> {
  let state = carried ?? newSubscription(Date.now());
  /** How often something came from outside: whether something did while a timer was set. */
  let heard = 0;
  const alarm = new Alarm();

  const command = (wanted: SubscriptionCommand): void => {
    state = advance(state, wanted, Date.now());
  };
  const hear = (wanted: SubscriptionCommand): void => {
    heard += 1;
    command(wanted);
  };
  setHandler(sourceChangedSignal, () => {
    hear({ type: 'changed' });
  });
  setHandler(hubAskedSignal, ({ act, leaseSeconds }) => {
    hear({ type: 'hub-asked', act, leaseSeconds });
  });
  setHandler(revokedSignal, ({ reason }) => {
    hear({ type: 'revoked', reason });
  });
  setHandler(refusedSignal, ({ reason, count, at }) => {
    hear({ type: 'refused', kind: reason === 'malformed' ? reason : 'mis-signed', count, at });
  });

  const carryOut = async (step: Exclude<SubscriptionStep, { step: 'wait' | 'end' }>) => {
    switch (step.step) {
      case 'look': {
        command({ type: 'looking' });
        const options = { summary: 'Look at the records of the source' };
        command({ type: 'looked', look: await lookAtSource.executeWithOptions(options, [source]) });
        return;
      }
      case 'ask': {
        const { place, isRenewal } = step;
        command({ type: 'asking' });
        const summary = isRenewal
          ? 'Ask the hub for a new lease'
          : 'Ask the hub to send what is new';
        const request = { source, place, isRenewal };
        const outcome = await askHub.executeWithOptions({ summary }, [request]);
        command({ type: 'asked', outcome });
        return;
      }
      case 'record': {
        const { hub } = state;
        if (hub === null) return;
        const summary = 'Record what became of the subscription';
        await recordHub.executeWithOptions({ summary }, [{ source, hub }]);
        command({ type: 'recorded', hub });
        return;
      }
      case 'unsubscribe': {
        const { place } = step;
        const options = { summary: 'Tell the hub that nothing more is wanted' };
        await unlessFailed(unsubscribe.executeWithOptions(options, [{ source, place }]));
        command({ type: 'unsubscribed', place });
        return;
      }
      case 'poll': {
        const options = { summary: 'Look at the feed' };
        command({ type: 'polled', outcome: await pollFeed.executeWithOptions(options, [source]) });
        return;
      }
      case 'tell': {
        const { trouble, over } = step.trouble;
        const options = { summary: tellSummary(trouble, over) };
        const request = { source, trouble: step.trouble };
        const isTold = await unlessFailed(tellTrouble.executeWithOptions(options, [request]));
        command(isTold ? { type: 'told', trouble, over } : { type: 'not-told' });
        return;
      }
      case 'erase': {
        const { all } = step;
        const options = { summary: all ? 'Erase all deliveries' : 'Erase old deliveries' };
        const { more } = await eraseDeliveries.executeWithOptions(options, [{ source, all }]);
        command({ type: 'erased', more });
        return;
      }
    }
  };

  for (;;) {
    await handlersFirst();
    command({ type: 'deadline' });
    const step = nextStep(state, Date.now());
    setCurrentDetails(currentDetails(source, state, step));
    if (step.step === 'end') break;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof subscriptionWorkflow>(source, state);
    }
    if (step.step === 'wait') {
      const before = heard;
      const deadline = { at: step.until, summary: TIMER_SUMMARY[step.for] };
      await alarm.wait(() => heard !== before, deadline);
    } else {
      await carryOut(step);
    }
  }
  await condition(allHandlersFinished);
}

/** @returns whether it was done; anything but a failed activity is a defect and goes on */
async function unlessFailed(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return false;
  }
}
