/** Six projects, from the fastest to the slowest; `npm test` runs them all. */
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
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.castellan/'],
};

const project = (displayName, testMatch, more = {}) => ({ ...common, displayName, testMatch, ...more });

module.exports = {
  projects: [
    project('unit', ['<rootDir>/{src,workflows,activities,worker,sandbox,tools}/**/*.test.ts']),
    project('workflow', ['<rootDir>/test/workflow/**/*.test.ts']),
    project('replay', ['<rootDir>/test/replay/**/*.test.ts']),
    project('integration', ['<rootDir>/test/integration/**/*.test.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.test.ts']),
    project('chaos', ['<rootDir>/test/chaos/**/*.test.ts']),
  ],
};
