/** Records of sources and announcements: the bot and the web server get the `AnnouncementReader` alone. */
export { createAnnouncementReader } from './reader';
export type * from './reading';
export { createAnnouncementRecorder } from './recorder';
export type * from './recording';
export {
  createSubscriptionReader,
  createSubscriptionRecorder,
  type SubscriptionReader,
  type SubscriptionRecorder,
} from './subscriptions';
