import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sample } from '../../src/cli/sample';
import { samples } from '../../src/web/sources/samples';
import { SAMPLE_GUILD, SampleWebhooks } from '../../src/web/webhooks/sample-webhooks';

/** The command in this process, against the routes as they are. */
describe('castellan sample', () => {
  let world: SampleWebhooks;
  let said = '';

  beforeAll(async () => {
    world = await SampleWebhooks.start();
    world.add('bearer', {
      provider: 'generic',
      authentication: { kind: 'bearer', header: null },
      mapping: { title: '$.title' },
    });
    world.add('hmac', {
      provider: 'generic',
      authentication: {
        ...{ kind: 'hmac', header: 'x-signature', algorithm: 'sha256', encoding: 'hex' },
        prefix: 'sha256=',
      },
      mapping: { title: '$.title' },
    });
    world.now = Date.now();
  });
  afterAll(() => world.stop());

  const run = async (args: readonly string[], secret = world.secret): Promise<number> => {
    said = '';
    world.now = Date.now();
    const say = (text: string): void => {
      said += text;
    };
    return sample(args, { WEBHOOK_SECRET: secret }, { out: say, err: say });
  };

  it('lists what there is, and it is all there is', async () => {
    expect(await run([])).toBe(0);
    for (const [provider, service] of Object.entries(samples)) {
      for (const { event } of service.samples) {
        expect(said).toMatch(new RegExp(`^ {2}${provider} +${event} `, 'm'));
      }
    }
  });

  it.each(
    Object.entries(samples).map(
      ([
        provider,
        {
          samples: [{ event }],
        },
      ]) => [provider, event],
    ),
  )('delivers %s %s, signed right', async (provider, event) => {
    const before = world.accepted.length;
    expect(await run([provider, event, `--to=${world.address(provider)}`])).toBe(0);
    expect(said).toContain('202 It is kept');
    expect(world.accepted).toHaveLength(before + 1);
  });

  it('signs for generic sources as they are set up', async () => {
    for (const way of ['bearer', 'hmac']) {
      const to = `--to=${world.address('generic', way)}`;
      expect([way, await run(['generic', 'post', to, `--authentication=${way}`])]).toEqual([
        way,
        0,
      ]);
    }
  });

  it('says what is wrong, and what to do', async () => {
    const to = `--to=${world.address('github')}`;
    for (const [args, code, words, secret] of [
      [['smoke-signal'], 64, 'no provider “smoke-signal”'],
      [['github'], 64, 'Say which event of github: push'],
      [['github', 'smoke', to], 64, 'has no sample “smoke”'],
      [['github', 'push'], 64, 'Say the source’s address'],
      [['github', 'push', `--to=${world.url}/webhooks/gitlab/1-a`], 64, 'a source of gitlab'],
      [['github', 'push', '--loud'], 64, '--loud'],
      [['github', 'push', to], 64, 'WEBHOOK_SECRET is not set', ''],
      [['github', 'push', to], 1, 'refused with 401', 'another secret'],
      [
        ['github', 'push', `--to=${world.url}/webhooks/github/${SAMPLE_GUILD}-gone`],
        1,
        'There is no such source',
      ],
      [['github', 'push', '--to=http://127.0.0.1:1/webhooks/github/1-a'], 1, 'Is it running?'],
    ] as const) {
      expect([args, await run(args, secret)]).toEqual([args, code]);
      expect(said).toContain(words);
    }
  });
});
