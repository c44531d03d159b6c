import { describe, expect, it } from '@jest/globals';
import { Router } from './router';

describe('the router', () => {
  const router = new Router<string>();
  router.add('GET', '/a/:id', 'one');
  router.add('PUT', '/a/:id/b/@me', 'me');
  router.add('DELETE', '/a/:id/b/:other', 'other');
  router.add('GET', '/a/fixed', 'fixed');

  it('prefers fixed segments, and decodes', () => {
    expect(router.find('GET', '/a/fixed')).toMatchObject({ target: 'fixed', parameters: {} });
    expect(router.find('GET', '/a/%40x')).toMatchObject({ parameters: { id: '@x' } });
    expect(router.find('PUT', '/a/1/b/%40me')).toMatchObject({ target: 'me' });
    expect(router.find('GET', '/a/%')).toMatchObject({ parameters: { id: '%' } });
  });

  it('gives way to a parameter where the fixed segment lacks the method', () => {
    expect(router.find('DELETE', '/a/1/b/@me')).toEqual({
      kind: 'found',
      target: 'other',
      parameters: { id: '1', other: '@me' },
    });
  });

  it('tells an unknown path from a wrong method', () => {
    expect(router.find('POST', '/a/1').kind).toBe('wrongMethod');
    expect(router.find('GET', '/b').kind).toBe('unknown');
    expect(router.find('GET', '/a/').kind).toBe('unknown');
    expect(router.find('GET', '/a/1/b').kind).toBe('unknown');
  });

  it('refuses two names for one parameter', () => {
    expect(() => {
      router.add('GET', '/a/:else/c', 'x');
    }).toThrow(':id');
  });
});
