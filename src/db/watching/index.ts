/** Watched game servers: the bot and the web server get the `WatchReader` alone. */
export { createWatchReader } from './reader';
export * from './reading';
export { createWatchRecorder } from './recorder';
export * from './recording';
