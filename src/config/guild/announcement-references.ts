import { compileMapping, MappingError } from '../../domain/announcements/mapping';
import { AUTHENTICATION_KINDS, PROVIDERS, type ProviderName } from './announcement-schema';
import { keysOf, listOf, textOf, uniqueIds } from './as-written';
import { asPhrase } from './as-phrase';
import type { Finding, Path } from './problem';
import { isWebAddress } from './server-address';

/** What the values of sources of announcements must be like together; it reads the data as it was written. */

type Written = Readonly<Record<string, unknown>>;
type Find = (path: Path, message: string) => void;

/** The keys that only some providers have. */
const KEYS: Readonly<Record<ProviderName, readonly string[]>> = {
  bitbucket: [],
  feed: ['address', 'every', 'allow_internal'],
  generic: ['authentication', 'mapping'],
  github: ['allow_internal'],
  gitlab: ['allow_internal'],
  twitch: [],
  youtube: ['channel'],
  zapier: ['mapping'],
};

const NEEDED: Readonly<Partial<Record<ProviderName, Readonly<Record<string, string>>>>> = {
  feed: { address: 'is missing; such as https://blog.example.com/feed.xml' },
  generic: {
    authentication: 'is missing, or anybody could post; such as { kind: bearer }',
    mapping: 'is missing; such as { title: $.release.title, url: $.release.url }',
  },
  youtube: {
    channel: 'is missing: the id of the YouTube channel, such as UC_x5XG1OV2P6uZZ5FSM9Ttw',
  },
};

/** The keys of each way to authenticate, besides `kind`. */
const AUTHENTICATION_KEYS: Readonly<
  Record<(typeof AUTHENTICATION_KINDS)[number], readonly string[]>
> = {
  hmac: ['header', 'algorithm', 'encoding', 'prefix'],
  bearer: ['header'],
  'standard-webhooks': [],
};

/** Findings about a guild's announcements. */
export function checkAnnouncements(value: unknown, path: Path): Finding[] {
  const { sources, quiet_hours: quietHours } = keysOf(value);
  const findings: Finding[] = uniqueIds(sources, [...path, 'sources']);
  const find: Find = (place, message) => {
    findings.push({ path: [...path, ...place], message });
  };
  checkQuietHours(quietHours, ['quiet_hours'], find);
  for (const [index, source] of listOf(sources).entries()) {
    checkSource(keysOf(source), ['sources', index], find);
  }
  return findings;
}

function checkSource(source: Written, path: Path, find: Find): void {
  const provider = PROVIDERS.find((known) => known === source['provider']);
  if (provider !== undefined) {
    checkKeys(source, provider, path, find);
    if (provider === 'generic') checkGeneric(source, path, find);
    if (provider === 'zapier' && Object.keys(keysOf(source['mapping'])).length > 0) {
      const message =
        'must be plain or youtube or twitter; a mapping of your own needs provider: generic';
      find([...path, 'mapping'], message);
    }
  }
  checkSecrets(source, path, find);
  const address = textOf(source['address']);
  if (address !== undefined && address.trim() !== '' && !isWebAddress(address)) {
    const message =
      'must be an address of the web without name and password, such as https://blog.example.com/feed.xml';
    find([...path, 'address'], message);
  }
  for (const [index, route] of listOf(source['routes']).entries()) {
    checkQuietHours(keysOf(route)['quiet_hours'], [...path, 'routes', index, 'quiet_hours'], find);
  }
}

function checkKeys(source: Written, provider: ProviderName, path: Path, find: Find): void {
  for (const [key, message] of Object.entries(NEEDED[provider] ?? {})) {
    if (!Object.hasOwn(source, key)) find([...path, key], message);
  }
  const own = KEYS[provider];
  const others = new Set(Object.values(KEYS).flat());
  for (const key of others) {
    if (own.includes(key) || !Object.hasOwn(source, key)) continue;
    const owners = PROVIDERS.filter((other) => KEYS[other].includes(key)).join(' or ');
    const message = `has no effect with provider: ${provider}; remove it, or write provider: ${owners}`;
    find([...path, key], message);
  }
}

function checkSecrets(source: Written, path: Path, find: Find): void {
  const [first, second] = [textOf(source['secret_env']), textOf(source['second_secret_env'])];
  if (second === undefined) return;
  if (!Object.hasOwn(source, 'secret_env')) {
    find([...path, 'second_secret_env'], 'has no effect without secret_env; write that one first');
  } else if (first === second) {
    const message = 'is the same variable as secret_env; name the other one, or remove it';
    find([...path, 'second_secret_env'], message);
  }
}

function checkGeneric(source: Written, path: Path, find: Find): void {
  const authentication = keysOf(source['authentication']);
  const kind = AUTHENTICATION_KINDS.find((known) => known === authentication['kind']);
  if (kind !== undefined) {
    for (const key of AUTHENTICATION_KEYS.hmac) {
      if (AUTHENTICATION_KEYS[kind].includes(key) || !Object.hasOwn(authentication, key)) continue;
      const message = `has no effect with kind: ${kind}; remove it, or write kind: hmac`;
      find([...path, 'authentication', key], message);
    }
    if (kind === 'hmac' && !Object.hasOwn(authentication, 'header')) {
      const message = 'is missing: the header with the signature, such as X-Signature-256';
      find([...path, 'authentication', 'header'], message);
    }
  }
  checkMapping(source['mapping'], [...path, 'mapping'], find);
}

function checkMapping(written: unknown, path: Path, find: Find): void {
  if (written === undefined || written === null) return;
  if (typeof written === 'string') {
    find(path, 'must be a section with keys, such as { title: $.release.title }');
    return;
  }
  const entry = keysOf(written);
  if (!['title', 'text', 'url'].some((key) => Object.hasOwn(entry, key))) {
    const message = 'needs title, text or url, or there is nothing to post; such as title: $.title';
    find(path, message);
  }
  const { fields, ...keys } = entry;
  const values = [
    ...Object.entries(keys).map(([key, text]) => ({ place: [key], text })),
    ...listOf(fields).map((field, index) => ({
      place: ['fields', index, 'value'],
      text: keysOf(field)['value'],
    })),
  ];
  for (const { place, text } of values) {
    const message =
      typeof text === 'string' ? pathProblem(text.trim(), place[0] === 'items') : null;
    if (message !== null) find([...path, ...place], message);
  }
}

function pathProblem(text: string, isList: boolean): string | null {
  try {
    compileMapping(isList ? { items: text } : { title: text });
    return null;
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return asPhrase(error.message);
  }
}

function checkQuietHours(value: unknown, path: Path, find: Find): void {
  const [from, to] = [textOf(keysOf(value)['from']), textOf(keysOf(value)['to'])];
  if (from === undefined || from.trim() !== to?.trim()) return;
  const message =
    'is the same as from: nothing would ever be quiet, or everything; such as "07:00"';
  find([...path, 'to'], message);
}
