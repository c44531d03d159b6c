import { describe, expect, it } from '@jest/globals';
import { DEMO } from '../../../sandbox';
import { CODE, command, flawless, PIP, REGISTRATION } from './flawless';
import type { RegisterEvidence, SeenPerson, SeenServer } from './register-evidence';
import { registerVerdict } from './register-verdict';

type Tamper = (evidence: RegisterEvidence) => RegisterEvidence;

type Listed = 'attempts' | 'runs' | 'accounts' | 'entries' | 'persons' | 'servers';
type Item<Key extends Listed> = RegisterEvidence[Key][number];

/** Each item of a list is changed where it is the one. */
function where<Key extends Listed>(
  key: Key,
  is: (item: Item<Key>) => boolean,
  change: Partial<Item<Key>>,
): Tamper {
  return (evidence) => {
    const list: readonly Item<Key>[] = evidence[key];
    return { ...evidence, [key]: list.map((one) => (is(one) ? { ...one, ...change } : one)) };
  };
}

const attempt = (change: Partial<RegisterEvidence['attempts'][number]>) =>
  where('attempts', () => true, change);
const account = (key: number, change: Partial<RegisterEvidence['accounts'][number]>) =>
  where('accounts', (one) => one.key === key, change);
const pip = (change: Partial<SeenPerson>) => where('persons', ({ id }) => id === PIP, change);
const servers = (change: Partial<SeenServer>) => where('servers', () => true, change);
const run = (change: Partial<RegisterEvidence['runs'][number]>) =>
  where('runs', ({ workflowId }) => workflowId === REGISTRATION, change);
const kept =
  (text: string): Tamper =>
  (evidence) => ({ ...evidence, texts: [{ where: 'the table notes', text }] });

const success = { name: 'Digger', end: 'verified' } as const;
const [first] = flawless().accounts;
if (first === undefined) throw new Error('There is an account.');
const commands = flawless().servers[0]?.commands ?? [];
const TOKEN = Buffer.from('interaction:1000:secret').toString('base64url');

/** Everything that must not happen, and the words in which it is told. */
const DEFECTS: readonly (readonly [what: string, tamper: Tamper, told: RegExp])[] = [
  ['an end twice', attempt({ events: ['verified', 'timed-out'] }), /ended 2 times/],
  ['no end', attempt({ events: ['started', 'code-sent'] }), /ended 0 times/],
  ['something after the end', attempt({ events: ['verified', 'proven'] }), /went on after its end/],
  ['a run without an end', run({ ended: 'waiting' }), /ended as waiting/],
  ['another end in the records', run({ ended: 'cancelled' }), /is not recorded as cancelled/],
  ['an end that only the records know', run({ type: 'other' }), /is recorded as verified, but/],
  ['an end of which nobody was told', pip({ told: [] }), /nobody was told of .*: verified/],
  ['an end that was told twice', pip({ told: [success, success] }), /once more than it happened/],
  [
    'an end that was told and did not happen',
    pip({ told: [success, { name: 'Digger', end: 'timed-out' }] }),
    /told timed-out once more/,
  ],
  [
    'an end that was told in public, too',
    pip({ told: [success, { name: null, end: 'unnamed' }] }),
    /told 1 times in public, of 0 ends/,
  ],
  ['a success without an account', attempt({ accountKey: 9 }), /verified and has no account/],
  ['a success with another account', account(1, { userId: '1' }), /verified and has no account/],
  [
    'an account without a reason',
    (evidence) => ({
      ...evidence,
      accounts: [...evidence.accounts, { ...first, key: 4, name: 'Ghost', isLinked: false }],
    }),
    /Ghost \(4\) was proven by nobody/,
  ],
  ['a name that two have', account(2, { isLinked: true }), /builder is linked 2 times/],
  ['a player whom two have', account(3, { uuid: 'uuid-1' }), /the player uuid-1 is linked 2 times/],
  ['an account without the role', pip({ hasRole: false }), /has an account and not the role/],
  ['a role without an account', account(1, { isLinked: false }), /has the role and no account/],
  ['a name that is not listed', servers({ whitelist: ['Digger'] }), /builder is not on the list/],
  [
    'a name that is nobody’s',
    servers({ whitelist: ['Digger', 'Builder', 'Ghost'] }),
    /ghost is on the list of survival and is nobody's/,
  ],
  ['a wish that waits', where('entries', () => true, { settled: false }), /is still to be told/],
  ['a wish that is kept', where('entries', () => true, { wanted: false }), /goes, which is kept/],
  ['a refusal', where('entries', () => true, { error: 'no-such-player' }), /no-such-player/],
  [
    'an older wish after a newer one',
    servers({ commands: [...commands, command('remove', 'Builder', 5_000)] }),
    /remove builder .* was not wished any more/,
  ],
  [
    'a command before its wish',
    servers({ commands: [command('add', 'Digger', 500)] }),
    /add digger .* was not wished any more, or never/,
  ],
  [
    'a command that nobody wished',
    servers({ commands: [command('add', 'Ghost', 5_000)] }),
    /add ghost .* or never/,
  ],
  [
    'a change that was made twice',
    servers({ commands: [...commands, command('add', 'Builder', 5_000)] }),
    /add builder .* changed the list twice/,
  ],
  ['a code in a text', kept(`{"note":"${CODE}"}`), /the code 482913 stands in the table notes/],
  ['a code in a sentence', kept(`typed ${CODE} in the game`), /the code 482913 stands in/],
  ['a token in a text', kept(`{"token":"${TOKEN}"}`), /a token stands in the table notes/],
  ['a workflow that is open', run({ status: 'RUNNING' }), /registration-.* is RUNNING/],
  ['a workflow that failed', run({ status: 'FAILED' }), /registration-.* is FAILED/],
  [
    'somebody without an answer',
    (evidence) => ({
      ...evidence,
      interactions: evidence.interactions.map((one) => ({
        ...one,
        state: { ...one.state, loading: true },
      })),
    }),
    /\/register Digger .* has no answer/,
  ],
  [
    'somebody who was kept waiting for too long',
    (evidence) => ({
      ...evidence,
      interactions: evidence.interactions.map((one) => ({
        ...one,
        state: { ...one.state, status: 'failed' as const },
      })),
    }),
    /was not acknowledged in time/,
  ],
];

describe('what is found in a run of registrations', () => {
  it('is nothing when nothing went wrong', () => {
    expect(registerVerdict(flawless()).defects).toEqual([]);
  });

  it.each(DEFECTS)('is %s', (_, tamper, told) => {
    expect(registerVerdict(tamper(flawless())).defects.join('\n')).toMatch(told);
  });

  it('is nothing when an end could be told in public only, or an accountless member has left', () => {
    const inPublic = pip({ told: [{ name: null, end: 'unnamed' }] })(flawless());
    expect(registerVerdict(inPublic).defects).toEqual([]);
    const gone = { id: DEMO.people.wren, isMember: false, hasRole: false, told: [] };
    const evidence = { ...flawless(), persons: [...flawless().persons, gone] };
    expect(registerVerdict(evidence).defects).toEqual([]);
  });

  it('counts what is allowed: the same once more, and answers that were lost', () => {
    const { figures } = registerVerdict(flawless());
    const repeated = figures.filter(([what]) => what.includes('the same once more'));
    expect(repeated.map(([, count]) => count)).toEqual([1, 1]);
  });
});
