import { openTicket } from '../people/open';
import type { Trial } from '../trial';

/**
 * The bot is killed when Discord has its acknowledgement and no workflow was started: the person
 * sees "thinking …". The next bot gets the interaction again and goes on with it.
 */
export async function killBotAfterAcknowledging(trial: Trial, name: string): Promise<void> {
  const { driver, people, castle } = trial;
  const before = people.asked.length;
  const fault = await driver.faults.add({
    kind: 'hang',
    when: 'after',
    match: { method: 'POST', route: '/interactions/.*/callback$', times: 1 },
  });
  const wish = { category: 'quick', way: 'command', subject: '' } as const;
  const opened = openTicket(driver, people, driver.person(name), wish);
  await fault.hit();
  castle.killNow('bot');
  const { caseId } = await opened;
  const [first] = people.asked.slice(before);
  if (caseId !== `ticket-${first?.handle.id ?? ''}`) {
    throw new Error('The acknowledged interaction was not answered; a second one was needed.');
  }
}
