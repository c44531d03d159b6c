import type { Trial } from '../trial';
import { deleteByHand, openScene, untilClosed, untilStatus } from './scene';

/** While nothing of the product runs, one channel is deleted by hand and somebody writes in another. */
export async function deleteWhileDown(
  trial: Trial,
  names: readonly [string, string],
): Promise<void> {
  const { castle, people } = trial;
  const [lost, kept] = await Promise.all([openScene(trial, names[0]), openScene(trial, names[1])]);
  // The opener reads that it is open a moment before that is recorded.
  await Promise.all([lost, kept].map((scene) => untilStatus(trial, scene, 'open')));
  trial.disturb();
  await castle.killEverything();
  await deleteByHand(trial, lost.ticket);
  await people.write(kept.opener, kept.ticket.channelId, 'is anybody there?');
  await castle.start();
  await untilClosed(trial, lost);
}
