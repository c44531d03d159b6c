import type { Trial } from '../trial';
import { deleteByHand, openScene, untilClosed } from './scene';

/** While nothing of the product runs, one channel is deleted by hand and somebody writes in another. */
export async function deleteWhileDown(
  trial: Trial,
  names: readonly [string, string],
): Promise<void> {
  const { castle, people } = trial;
  const [lost, kept] = await Promise.all([openScene(trial, names[0]), openScene(trial, names[1])]);
  trial.disturb();
  await castle.killEverything();
  await deleteByHand(trial, lost.ticket);
  await people.write(kept.opener, kept.ticket.channelId, 'is anybody there?');
  await castle.start();
  await untilClosed(trial, lost);
}
