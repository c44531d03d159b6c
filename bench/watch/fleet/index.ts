/** A seeded fleet of Java servers, most of them hostile; tests and the benchmark probe it. */
export { startFleet, type Fleet, type FleetOptions, type Peer } from './fleet';
export { forkFleet } from './fork';
export { HANGING, PEER_KINDS, type PeerKind, type Truth } from './kinds';
