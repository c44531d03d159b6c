/** Records of mirrors and of what they copied. */
export { createMirrorReader } from './reader';
export { createMirrorRecorder } from './recorder';
export type * from './reading';
export type * from './recording';
