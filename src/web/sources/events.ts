import { line } from '../../domain/announcements/bounds';
import { ignored, malformed, type Delivery } from '../../domain/announcements/delivery';
import { header } from './headers';
import { readJson, type Reader } from './read';
import type { SourceRequest } from './source';

/** A service that names its event in a header. */
export interface EventSource {
  readonly service: string;
  readonly header: string;
  /** An event that the service has. */
  readonly example: string;
  readonly readers: ReadonlyMap<string, Reader>;
  /** Why events that are not read are not: others tell the same better. */
  readonly instead?: ReadonlyMap<string, string>;
}

/** @param payload the JSON, where it is not the body as it is */
export function parseEvent(
  request: SourceRequest,
  { service, header: name, example, readers, instead }: EventSource,
  payload: Buffer | string = request.body,
): Delivery {
  const event = header(request, name.toLowerCase());
  if (event === null) return malformed(name, `The header ${name} is missing.`, example);
  const read = readers.get(event);
  if (read === undefined) {
    return ignored(
      instead?.get(event) ?? `${service}’s event ${line(event, 60)} is not announced.`,
    );
  }
  const json = readJson(payload);
  return 'value' in json ? read(json.value) : json.malformed;
}
