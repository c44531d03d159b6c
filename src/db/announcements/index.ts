/** Records of sources and announcements. */
export type * from './reading';
export type * from './recording';
