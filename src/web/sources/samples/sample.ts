import type { Authentication } from '../../../domain/announcements/settings';

/** What one sample differs in from another of the same event. */
export interface SampleSubject {
  /** 40 hexadecimal digits: the same ones are the same content. */
  readonly mark: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Of YouTube; the source must follow it. */
  readonly channelId: string;
}

/** A delivery as a service would make it, before it is signed. */
export interface SampleDelivery {
  readonly contentType: string;
  readonly body: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Sample {
  /** As `castellan sample` names it. */
  readonly event: string;
  /** What it tells, in a few words. */
  readonly says: string;
  readonly delivery: (subject: SampleSubject) => SampleDelivery;
}

/** What a signature is made with. */
export interface SampleSigning {
  readonly secret: string;
  /** The delivery's id, where the service gives one. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Of generic JSON. */
  readonly authentication: Authentication;
}

/** How a service delivers, and examples of it. */
export interface SampleService {
  /** @returns the headers that prove it genuine, and that name it; by lower-case name */
  readonly sign: (
    delivery: SampleDelivery,
    signing: SampleSigning,
  ) => Readonly<Record<string, string>>;
  readonly samples: readonly [Sample, ...Sample[]];
}

/** A delivery of JSON. */
export const jsonSample = (
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): SampleDelivery => ({
  contentType: 'application/json',
  body: JSON.stringify(value, null, 2),
  headers,
});

/** A post in fields that say what they are. */
export const postSample = ({ mark, now }: SampleSubject): SampleDelivery =>
  jsonSample({
    id: mark,
    title: 'Market day',
    text: 'At noon, in the lower court.',
    url: `https://castle.example/news/${mark}`,
    author: 'Ada',
    at: isoTime(now),
  });

export const isoTime = (at: number): string => new Date(at).toISOString();

/** A number that the mark stands for. */
export const numberOf = (mark: string): number => Number.parseInt(mark.slice(0, 8), 16);
