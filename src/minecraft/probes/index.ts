/** How game servers are asked whether they are there. */
export { createProbes, type ProbeParts } from './create-probes';
export type { Probe, ProbeLimits, ProbeTarget } from './probe';
