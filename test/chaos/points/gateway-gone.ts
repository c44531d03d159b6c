import type { Trial } from '../trial';
import { close, deleteByHand, openScene, untilClosed } from './scene';

/**
 * The gateway is gone for a while. Meanwhile a channel is deleted by hand and somebody writes in
 * another one. Afterwards the session goes on, or it is lost and the bot has to find out.
 */
export async function loseGateway(
  trial: Trial,
  names: readonly [string, string],
  forMs: number,
  session: 'resumed' | 'lost',
): Promise<void> {
  const { driver, people } = trial;
  const [lost, kept] = await Promise.all([openScene(trial, names[0]), openScene(trial, names[1])]);
  const after = await driver.journalPosition();
  trial.disturb();
  if (session === 'lost') await driver.gateway.invalidate(false);
  await driver.gateway.pause(forMs, { drop: true });
  await deleteByHand(trial, lost.ticket);
  await people.write(kept.opener, kept.ticket.channelId, 'does anybody hear me?');
  const wanted = session === 'resumed' ? 'resumed' : 'identified';
  await driver.waitFor(
    async () =>
      (await driver.journal({ kind: 'gateway', after })).some(
        (entry) => entry.kind === 'gateway' && entry.what === wanted,
      ),
    forMs + 60_000,
    `the bot's session to be ${session}`,
  );
  trial.disturb();
  await untilClosed(trial, lost);
  await close(trial, kept);
  await untilClosed(trial, kept);
}
