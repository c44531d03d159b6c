/**
 * What `npm run NAME` runs, and what has to be set up for it. Every task needs the packages.
 *
 * @typedef {object} Task
 * @property {boolean} [build] needs dist/
 * @property {boolean} [cli] needs the Temporal CLI
 * @property {boolean} [testServer] needs the time-skipping test server
 * @property {string[]} [node] what Node.js runs; the arguments of the command line come after it
 * @property {Record<string, string>} [env] further variables
 */

const jest = 'node_modules/jest/bin/jest.js';

/** @type {Record<string, Task>} */
export const tasks = {
  start: { build: true, cli: true, node: ['dist/bin/castellan.js', 'all'] },
  castellan: { build: true, node: ['dist/bin/castellan.js'] },
  test: { build: true, cli: true, testServer: true, node: [jest] },
  packages: {},
  // Exactly what `npm test` prepares, without the tests.
  'set-up': { build: true, cli: true, testServer: true },
  build: { build: true },
  lint: { node: ['node_modules/eslint/bin/eslint.js', '.'] },
  typecheck: { node: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'] },
  format: { node: ['node_modules/prettier/bin/prettier.cjs', '--write', '.'] },
  'format:check': { node: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  demo: { build: true, node: ['dist/sandbox/demo/play.js'] },
  chaos: {
    build: true,
    cli: true,
    testServer: true,
    node: [jest, '--selectProjects', 'chaos', '--verbose', '--runInBand'],
    env: { CHAOS: 'full' },
  },
  bench: { build: true, cli: true, node: ['dist/bench/main.js'] },
};
