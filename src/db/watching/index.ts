export * from './reading';
export * from './recording';
