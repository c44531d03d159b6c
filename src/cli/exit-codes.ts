/** What the program's exit code tells. 64 and 78 are those of BSD's sysexits.h. */
export const exitCodes = {
  clean: 0,
  failed: 1,
  /** The command line was not understood. */
  usage: 64,
  /** The environment or a configuration file is wrong: starting again as it is will not help. */
  configuration: 78,
  /** Ended at once by a second Ctrl-C (128 + SIGINT). */
  interrupted: 130,
} as const;
