import type { Delivery } from '../../domain/announcements/delivery';
import type { CommitsApi } from './commits-api';

/** The services that tell us news, by the word that stands in their addresses. */
export type Provider =
  'bitbucket' | 'feed' | 'generic' | 'github' | 'gitlab' | 'twitch' | 'youtube' | 'zapier';

/** A request as it came. */
export interface SourceRequest {
  /** GET is for a hub's questions only. */
  readonly method: 'GET' | 'POST';
  /** By lower-case name, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came, not what was parsed from them. */
  readonly body: Buffer;
}

export type Verdict =
  | { readonly verdict: 'verified' }
  /** Answered with 401. */
  | { readonly verdict: 'refused'; readonly reason: Refusal }
  /** Answered with 2xx all the same, and thrown away: so the service's protocol wants it. */
  | { readonly verdict: 'disregarded'; readonly reason: Refusal };

export type Refusal =
  /** It has no signature or token, or none in the form that it must have. */
  | 'unsigned'
  /** Its signature or token is none of the valid secrets'. */
  | 'wrong-signature'
  /** The signature is right; the clocks differ, or an old delivery is sent again. */
  | 'too-old'
  | 'too-new';

export interface VerifyContext<Settings> {
  /** Those that are valid at present: two while they are exchanged. Without any, nothing is right. */
  readonly secrets: readonly string[];
  readonly settings: Settings;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What is known of one service. All of it is pure: nothing is fetched, stored or started, and nothing throws,
 * whatever a request holds.
 */
export interface Source<Name extends Provider, Settings> {
  readonly provider: Name;
  /** The longest body, in bytes. */
  readonly limit: number;
  /** Without parameters, in lower case. A POST of another type is answered with 415. */
  readonly contentTypes: readonly string[];
  /** Whether a GET may come: a hub asks whether we subscribed. */
  readonly asked: boolean;
  /** Those that `parse` reads, beside the content type, in lower case: they are kept with the body. None proves anything. */
  readonly headers: readonly string[];
  /** Over the raw body; as long for a wrong secret as for a right one. */
  readonly verify: (request: SourceRequest, context: VerifyContext<Settings>) => Verdict;
  /**
   * The same for each repetition of a delivery, and no other's: 1 to 128 letters, digits, `_` and `-`. It is
   * asked only after `verify`.
   */
  readonly deliveryId: (request: SourceRequest) => string;
  readonly parse: (request: SourceRequest, settings: Settings) => Delivery;
  /** How the service is asked for commits that a delivery leaves out; absent: it leaves out none. */
  readonly commits?: CommitsApi;
}

export const MIB = 1_048_576;
