import { describe, expect, it } from '@jest/globals';

describe('process.kill in a test', () => {
  it('spares the process group that jest runs in', () => {
    expect(() => process.kill(0, 'SIGCONT')).toThrow('No signal was sent');
  });

  it('reaches other processes', () => {
    expect(process.kill(process.pid, 0)).toBe(true);
  });
});
