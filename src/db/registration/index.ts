/** Registrations, accounts and whitelists: the bot and the web server get the `RegistrationReader` alone. */
export { createRegistrationReader } from './reader';
export * from './reading';
export { createRegistrationRecorder } from './recorder';
export * from './recording';
