import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { connectDriver } from '../index';
import { field } from '../testing/raw-rest';
import { runProgram } from './program';

describe('the program', () => {
  it('says where it is, can be driven from outside, and ends with its parent', async () => {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const { ended } = await runProgram(['--port', '0', '--parent-watch'], { stdin, stdout });
    const ready: unknown = JSON.parse(String(stdout.read()));
    const url = String(field(ready, 'url'));
    expect(field(ready, 'api')).toBe(`${url}/api`);
    const answer = await fetch(`${String(field(ready, 'api'))}/v10/users/@me`, {
      headers: { Authorization: `Bot ${String(field(ready, 'token'))}` },
    });
    expect(field(await answer.json(), 'username')).toBe('Castellan');
    const driver = await connectDriver(url);
    expect((await driver.guild()).name).toBe('Kestrel Keep');
    stdin.end();
    await ended;
    await expect(driver.world()).rejects.toThrow('closed');
    driver.close();
  });

  it.each([
    [['--port', '99999'], '--port is 99999'],
    [['--limits', 'some'], '--limits is some'],
    [['--latency=-1'], '--latency is -1'],
  ])('refuses %j', async (argv, why) => {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough() };
    await expect(runProgram(argv, streams)).rejects.toThrow(why);
  });

  it('says so when the port is taken', async () => {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough() };
    const first = await runProgram([], streams);
    const { port } = new URL(first.server.url);
    await expect(runProgram(['--port', port], streams)).rejects.toThrow('EADDRINUSE');
    await first.stop();
  });
});
