import { z } from 'zod';
import { announced, malformed, type Delivery } from '../../../domain/announcements/delivery';
import { header } from '../headers';
import { readAs, readJson, type Read } from '../read';
import type { SourceRequest } from '../source';
import { mapped, type ZapierMapping } from './mappings';

export interface ZapierSettings {
  readonly mapping: ZapierMapping;
  /** What tells this source's ids from another's: its id, with its guild's. */
  readonly scope: string;
}

const EXAMPLES: Readonly<Record<ZapierMapping, string>> = {
  plain:
    '{ "id": "7", "title": "Market day", "text": "At noon.", "url": "https://castle.example/7" }',
  youtube:
    '{ "contentDetails": { "videoId": "M7lc1UVf-VE" }, "snippet": { "title": "Market day" } }',
  twitter: '{ "id_str": "7", "full_text": "Market day", "user": { "screen_name": "castle" } }',
};

/** One object, as JSON or as a form: what a Zap's “Webhooks by Zapier” sends. */
export function parse(request: SourceRequest, { mapping, scope }: ZapierSettings): Delivery {
  const example = EXAMPLES[mapping];
  const value = valueOf(request);
  if ('malformed' in value) return { ...value.malformed, example };
  const read = readAs(z.record(z.string(), z.unknown()), value.value, { body: example });
  if ('malformed' in read) return read.malformed;
  const item = mapped(mapping, read.value, scope);
  return item === null
    ? malformed('body', 'The body names neither a title nor a text nor an address.', example)
    : announced(item);
}

function valueOf(request: SourceRequest): Read<unknown> {
  const type = header(request, 'content-type') ?? '';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    return readJson(request.body);
  }
  return { value: Object.fromEntries(new URLSearchParams(request.body.toString('utf8'))) };
}
