import type { Trial } from '../trial';
import { openTicket } from '../people/open';
import { close, openScene, untilClosed } from './scene';

/**
 * The worker is killed while five tickets are each at one of the points at which an effect has
 * begun in Discord and nobody knows yet: the channel is created, the opening message is posted, a
 * conversation is not stored yet, a deletion arrives, a deletion was just done.
 */
export async function killWorkerAtFivePoints(
  trial: Trial,
  names: readonly string[],
): Promise<void> {
  const { driver, people, castle } = trial;
  const [first = '', second = '', ...others] = names;
  const scenes = await Promise.all(others.slice(0, 3).map((name) => openScene(trial, name)));
  const [unstored, arriving, done] = scenes;
  if (unstored === undefined || arriving === undefined || done === undefined) {
    throw new Error('Five people are needed.');
  }
  const hang = (method: string, route: string, when: 'before' | 'after') =>
    driver.faults.add({ kind: 'hang', when, match: { method, route, times: 1 } });
  const open = (name: string) =>
    openTicket(driver, people, driver.person(name), {
      category: 'quick',
      way: 'command',
      subject: '',
    });

  const closing = await Promise.all([
    hang('GET', `/channels/${unstored.ticket.channelId}/messages$`, 'before'),
    hang('DELETE', `/channels/${arriving.ticket.channelId}$`, 'before'),
    hang('DELETE', `/channels/${done.ticket.channelId}$`, 'after'),
  ]);
  const posted = await driver.faults.add({
    kind: 'hang',
    when: 'after',
    match: { method: 'POST', route: '/channels/:channelId/messages$', body: '1:case:', times: 1 },
  });
  const closed = Promise.all(scenes.map((scene) => close(trial, scene)));
  const opened = [open(first)];
  await posted.hit();
  // One guild's channels are created one after the other: this one only now.
  const created = await hang('POST', '/guilds/:guildId/channels$', 'after');
  opened.push(open(second));
  await Promise.all([created, ...closing].map((fault) => fault.hit()));
  const kill = castle.killNow('worker');

  // What an administrator writes into a locked channel meanwhile must not be lost with it.
  const ada = driver.person('ada');
  await people.write(ada, unstored.ticket.channelId, 'ada writes while the worker is dead');
  await people.write(ada, arriving.ticket.channelId, 'ada writes while the worker is dead');
  await castle.untilReplaced(kill);
  await Promise.all([closed, ...opened, ...scenes.map((scene) => untilClosed(trial, scene))]);
}
