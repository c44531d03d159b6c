import { beforeEach, describe, expect, it } from '@jest/globals';
import { checkCode, type CheckCodeDependencies } from './check-code';
import { SampleRegistrations } from './sample-registrations';

const CODE = '7KXM-P4QT';
const WRONG = 'AAAA-AAAA';
const NOW = 1_000_000;
const SERVER = { guildId: '100', id: 'survival', keys: [], bedrockPrefix: '' };
const STEVE = {
  edition: 'java',
  name: 'Steve',
  uuid: '6d1f6e1c-0d1e-4a53-9a3e-0f6b5c3d2a10',
} as const;

describe('codes that are typed at the same time', () => {
  const hashCode = (id: string, code: string): string => `${id} ${code}`;
  let world: SampleRegistrations;
  let dependencies: CheckCodeDependencies;
  let requests = 0;

  beforeEach(() => {
    const now = () => NOW;
    world = new SampleRegistrations(hashCode, now);
    dependencies = { registrations: world.reader, workflows: world, hashCode, now };
  });

  const type = (code: string) => {
    const requestId = `request-${(requests += 1)}`;
    return checkCode(dependencies, SERVER, { player: STEVE, code, requestId });
  };

  it('are decided in the order in which they came, whichever is right', async () => {
    const id = world.add(CODE);
    world.end(world.add(CODE, { userId: '2' }), 'timed-out');
    const outcomes = await Promise.all([type(WRONG), type(WRONG), type(CODE)]);
    expect(world.guesses.map(({ guess }) => guess.codeHash)).toEqual(
      [WRONG, WRONG, CODE].map((code) => hashCode(id, code)),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'wrong-code',
      'wrong-code',
      'verified',
    ]);
  });

  it('hear how the registration ended, where it ends meanwhile', async () => {
    world.add(CODE);
    const outcomes = await Promise.all([type(CODE), type(CODE)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['verified', 'done']);
    world.add(CODE, { name: 'Steve' });
    const late = await Promise.all(Array.from({ length: 7 }, () => type(WRONG)));
    expect(late.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 4 }, () => 'wrong-code'),
      ...Array.from({ length: 3 }, () => 'locked'),
    ]);
  });
});
