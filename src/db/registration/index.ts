/** Registrations, accounts and whitelists: the bot and the web server get the `RegistrationReader` alone. */
export * from './reading';
export * from './recording';
