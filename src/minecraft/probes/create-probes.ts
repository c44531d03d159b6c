import type { ProbeKind } from '../../domain/watching/check';
import { isInternalAddress } from '../../network/addresses';
import { createResolver, type Resolver } from '../resolver';
import { probeThat, type Ask, type OnMistake } from './ask';
import { askBedrock } from './bedrock/bedrock';
import { askHttp } from './http/http';
import { askJava } from './java/java';
import type { Probe } from './probe';
import { askQuery } from './query/query';
import { askRcon } from './rcon/rcon';
import { askTcp } from './tcp/tcp';
import { Turnstile } from './turnstile';

export interface ProbeParts {
  /** Default: the machine's name servers. */
  readonly resolver?: Resolver;
  /** Default: everything that is not on the public Internet. */
  readonly isInternal?: (address: string) => boolean;
  /** Default: nobody is told. */
  readonly onMistake?: OnMistake;
}

const QUESTIONS: Readonly<Record<ProbeKind, Ask>> = {
  java: askJava,
  bedrock: askBedrock,
  query: askQuery,
  tcp: askTcp,
  rcon: askRcon,
  http: askHttp,
};

/** A probe for each kind of server. They hold nothing between two checks: one set serves a process. */
export function createProbes({
  resolver = createResolver(),
  isInternal = isInternalAddress,
  onMistake = () => undefined,
}: ProbeParts = {}): Readonly<Record<ProbeKind, Probe>> {
  const turnstile = new Turnstile();
  const means = { resolver, isInternal };
  const probe = (kind: ProbeKind): Probe => probeThat(QUESTIONS[kind], turnstile, means, onMistake);
  return {
    java: probe('java'),
    bedrock: probe('bedrock'),
    query: probe('query'),
    tcp: probe('tcp'),
    rcon: probe('rcon'),
    http: probe('http'),
  };
}
