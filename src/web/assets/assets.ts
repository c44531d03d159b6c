import { createHash } from 'node:crypto';
import { prepared, type Answer } from '../cache/answer';
import { ICON } from './icon';
import { LIVE_SCRIPT } from './live-script';
import { STYLESHEET } from './stylesheet';

/** What pages load besides themselves, by the last part of its path. */
const FILES = {
  'status.css': { content: STYLESHEET, type: 'text/css; charset=utf-8' },
  'status.js': { content: LIVE_SCRIPT, type: 'text/javascript; charset=utf-8' },
  'icon.svg': { content: ICON, type: 'image/svg+xml' },
} as const;

type FileName = keyof typeof FILES;

/** The route's pattern. */
export const ASSET_PATTERN = '/assets/:file';

/** A file that pages load, and the version that its address names. */
export interface Asset {
  readonly version: string;
  readonly answer: Answer;
}

/** Compresses the files once, when the first is asked for. */
export function createAssets(): (file: string) => Promise<Asset | undefined> {
  const ready = new Map<FileName, Promise<Asset>>();
  return async (file) => {
    if (!isFile(file)) return undefined;
    const known = ready.get(file) ?? load(file);
    ready.set(file, known);
    return known;
  };
}

const isFile = (file: string): file is FileName => Object.hasOwn(FILES, file);

async function load(name: FileName): Promise<Asset> {
  const { content, type } = FILES[name];
  return { version: versionOf(content), answer: await prepared(content, type, 11) };
}

const versionOf = (content: string): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 12);

/** The addresses that pages name: another content has another one, so they may be kept for ever. */
export function assetAddresses(): {
  readonly stylesheet: string;
  readonly script: string;
  readonly icon: string;
} {
  const address = (name: FileName): string => `/assets/${name}?v=${versionOf(FILES[name].content)}`;
  return {
    stylesheet: address('status.css'),
    script: address('status.js'),
    icon: address('icon.svg'),
  };
}
