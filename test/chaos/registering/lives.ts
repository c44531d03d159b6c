import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../../sandbox';
import type { Chance } from '../chance';
import { linkAndUnlink, unlink, unregister } from './account-changes';
import { ATTEMPTS } from './configuration';
import { pluginPlace, rconPlace } from './places';
import { Registrant } from './registrant';
import type { RegisterScale } from './register-scale';
import type { RegisterTrial } from './register-trial';
import type { PlannedLife, Story } from './stories';
import type { ToldEnd } from './words';

/** What came of what somebody wanted; `gave up`: they tried for long enough. */
export type Fate = ToldEnd | 'gave up';

/** Stories of people who are gone before it is said how their registration ended. */
const GONE: readonly Story[] = ['leaves with a code', 'is banned with a code'];

/** Somebody registers as it was planned. */
export async function live(
  trial: RegisterTrial,
  person: Person,
  planned: PlannedLife,
  chance: Chance,
  scale: RegisterScale,
): Promise<Fate> {
  const { people: record } = trial;
  const place = planned.place === 'plugin' ? pluginPlace(trial.plugin) : rconPlace(trial.rcon);
  const registrant = new Registrant({
    ...{ record, person, place, chance, player: planned },
    ...{ longestPauseMs: scale.longestPauseMs, patienceMs: scale.patienceMs },
  });
  const end = await act(trial, registrant, person, planned, chance);
  // Nobody can press anything who is not there any more.
  if (end === null && !GONE.includes(planned.story)) await registrant.giveUp();
  return end ?? 'gave up';
}

/** @returns how the registration ended, as far as they have waited for it */
async function act(
  { people: record, staff }: RegisterTrial,
  registrant: Registrant,
  person: Person,
  { name, story }: PlannedLife,
  chance: Chance,
): Promise<ToldEnd | null> {
  switch (story) {
    case 'types a wrong code first':
      await registrant.typeWrong();
      break;
    case 'types wrong codes only':
      for (let typed = 0; typed < ATTEMPTS && registrant.end() === null; typed += 1) {
        await registrant.typeWrong();
      }
      return registrant.awaitEnd();
    case 'types nothing':
      await registrant.begin();
      return registrant.awaitEnd();
    case 'cancels':
      if (await registrant.begin()) await registrant.press('Cancel');
      return registrant.awaitEnd();
    case 'asks for a new code':
      if (await registrant.begin()) await registrant.press('New code');
      break;
    case 'leaves with a code':
    case 'is banned with a code':
      await registrant.begin();
      await registrant.hesitate();
      await (story === 'leaves with a code' ? person.leave() : person.beBanned());
      return registrant.awaitEnd();
    default:
  }
  const end = await registrant.prove();
  if (end === 'verified') {
    await registrant.hesitate();
    if (story === 'gives it up again') await unregister({ record, person, name });
    if (story === 'loses it to staff') await unlink({ record, staff: chance.pick(staff), name });
    if (story === 'leaves with the account') await person.leave();
    if (story === 'is banned with the account') await person.beBanned();
  }
  return end;
}

/** Everybody does what they do, each after a while. @returns what became of those who registered */
export async function liveThrough(
  trial: RegisterTrial,
  plan: readonly PlannedLife[],
  chance: Chance,
  scale: RegisterScale,
): Promise<readonly (Fate | Error)[]> {
  const { driver, people: record, staff } = trial;
  const settle = <Value>(life: Promise<Value>): Promise<Value | Error> =>
    life.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  const registering = plan.map(async (planned, index) => {
    const own = chance.fork();
    const person = await driver.addPerson(`newcomer${index + 1}`, { dmsOpen: planned.dmsOpen });
    trial.newcomers.push(person);
    await pause(own.between(0, scale.spreadMs));
    return settle(live(trial, person, planned, own, scale));
  });
  const changing = Array.from({ length: scale.citizens }, async (_, index) => {
    const own = chance.fork();
    const person = await driver.addPerson(`citizen${index + 1}`);
    trial.newcomers.push(person);
    const name = `Citizen${String(index + 1).padStart(3, '0')}`;
    await pause(own.between(0, scale.spreadMs / 2));
    return settle(
      linkAndUnlink({ record, staff: own.pick(staff), person, name }, own, {
        changes: scale.changes,
        longestPauseMs: scale.longestPauseMs,
      }),
    );
  });
  const fates = await Promise.all(registering);
  const failed = (await Promise.all(changing)).filter((one) => one instanceof Error);
  return [...fates, ...failed];
}
