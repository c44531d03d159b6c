import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findDescription, readDescription, readOperation } from './description';

const DESCRIPTION = {
  openapi: '3.1.0',
  paths: { '/things': { get: { responses: { 200: {} } } } },
  components: { schemas: {}, responses: {} },
};
let root = '';
let checkout = '';
let beside = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-description-'));
  checkout = join(root, 'checkout');
  beside = join(root, 'shared/discord/openapi.json');
  mkdirSync(checkout);
  mkdirSync(join(root, 'shared/discord'), { recursive: true });
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('findDescription', () => {
  it('finds nothing where there is nothing', () => {
    expect(findDescription({}, checkout)).toBeUndefined();
    expect(findDescription({ DISCORD_OPENAPI: '' }, checkout)).toBeUndefined();
  });

  it('names the variable that points nowhere', () => {
    expect(() => findDescription({ DISCORD_OPENAPI: 'gone.json' }, checkout)).toThrow(
      /DISCORD_OPENAPI is set to gone.json, but there is no such file/,
    );
  });

  it('finds the file beside the checkout, and the one that the variable names first', () => {
    writeFileSync(beside, JSON.stringify(DESCRIPTION));
    expect(findDescription({}, checkout)).toBe(beside);
    const own = join(root, 'own.json');
    writeFileSync(own, '{}');
    expect(findDescription({ DISCORD_OPENAPI: own }, checkout)).toBe(own);
  });
});

describe('readDescription', () => {
  it('reads paths and their methods, and refuses another file', () => {
    writeFileSync(beside, JSON.stringify(DESCRIPTION));
    const { paths } = readDescription(beside);
    expect(readOperation(paths['/things'] ?? {}, 'GET')).toEqual({ responses: { 200: {} } });
    expect(readOperation(paths['/things'] ?? {}, 'PUT')).toBeUndefined();
    expect(() => readDescription(join(root, 'own.json'))).toThrow(/openapi/);
  });
});
