/** One variable that is wrong: its name, what is wrong with it, and a value that would be right. */
export interface VariableProblem {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}

/**
 * The environment cannot be used as it is. It carries every problem at once, so that nobody has to
 * mend one variable, start again and only then hear of the next. No message holds a secret's value.
 */
export class EnvironmentError extends Error {
  readonly code = 'environment';

  constructor(readonly problems: readonly VariableProblem[]) {
    super(describe(problems));
    this.name = 'EnvironmentError';
  }
}

function describe(problems: readonly VariableProblem[]): string {
  const count = problems.length === 1 ? 'One variable is' : `${problems.length} variables are`;
  const entries = problems.map(
    ({ variable, problem, example }) =>
      `  ${variable}: ${problem}\n    for example: ${variable}=${example}`,
  );
  return `${count} not right. Mend the environment or the .env file, then start again.\n${entries.join('\n')}`;
}

/** The error for a port that was asked for and that another program has. */
export function portTaken(
  variable: 'HTTP_PORT' | 'TEMPORAL_UI_PORT',
  port: number,
): EnvironmentError {
  return new EnvironmentError([
    {
      variable,
      problem: `port ${port} is taken by another program.`,
      example: `${port === 65_535 ? 3_000 : port + 1} (or leave it out, and a free port is chosen)`,
    },
  ]);
}
