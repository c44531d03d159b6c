export const usage = `castellan: runs a Minecraft community's operations on Discord

  castellan all                 everything on this machine; what "npm start" runs
  castellan bot                 the process that talks with Discord
  castellan web                 the web server
  castellan worker              the process that does the work
  castellan migrate             brings the database and Temporal up to date, then ends
  castellan check-config FILE   checks a guild configuration, prints the bot's invitation
  castellan doctor              reaches every part, says what is wrong and how to mend it
  castellan doctor --only=PART  the same for one part: environment, data, database, temporal,
                                discord, storage, bot, web or worker
  castellan sample              delivers a sample of a service's news to a running system;
                                alone, it lists what there is
  castellan --help, --version

Settings are read from the environment and from a file .env: see docs/operating.md.
Exit codes: 0 all is well, 1 a failure, 64 wrong usage, 78 a setting must be mended first.
`;
