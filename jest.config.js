const { availableParallelism } = require('node:os');

/**
 * Six projects, from the fastest to the slowest; `npm test` runs them all. Those that need servers
 * name the set-up that starts them: once a run, and only if one of their tests was selected.
 */
const common = {
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/parts/setup/signals.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.castellan/'],
};

const project = (displayName, testMatch, more = {}) => ({
  ...common,
  displayName,
  testMatch,
  ...more,
});

const withParts = (setUp) => ({
  globalSetup: `<rootDir>/test/parts/setup/${setUp}.ts`,
  globalTeardown: '<rootDir>/test/parts/setup/tear-down.ts',
  setupFilesAfterEnv: ['<rootDir>/test/parts/setup/patience.ts'],
});

module.exports = {
  // Only a hanging test may reach it, however busy the machine; setup/patience.ts has a longer one.
  testTimeout: 30_000,
  // Also on two cores: tests wait for servers most of the time.
  maxWorkers: Math.min(4, Math.max(3, availableParallelism() - 1)),
  testSequencer: '<rootDir>/test/parts/sequencer.js',
  projects: [
    project('unit', [
      '<rootDir>/{bench,src,workflows,activities,worker,migrations,sandbox,tools}/**/*.test.ts',
    ]),
    project(
      'workflow',
      ['<rootDir>/test/workflow/**/*.test.ts', '<rootDir>/test/parts/time-skipping.test.ts'],
      withParts('time-skipping'),
    ),
    project('replay', ['<rootDir>/test/replay/**/*.test.ts']),
    project(
      'integration',
      ['<rootDir>/test/integration/**/*.test.ts', '<rootDir>/test/parts/{parts,signals}.test.ts'],
      withParts('servers'),
    ),
    project('e2e', ['<rootDir>/test/e2e/**/*.test.ts'], withParts('servers')),
    project('chaos', ['<rootDir>/test/chaos/**/*.test.ts'], withParts('time-skipping')),
  ],
};
