const { default: Sequencer } = require('@jest/test-sequencer');

const SLOWEST_FIRST = ['chaos', 'e2e', 'workflow', 'integration', 'replay', 'unit'];

/** Begins with the long test files, so that no process is left with one when the others are done. */
module.exports = class SlowestFirst extends Sequencer {
  async sort(tests) {
    const rank = (test) => SLOWEST_FIRST.indexOf(test.context.config.displayName?.name ?? 'unit');
    const sorted = await super.sort(tests);
    return [...sorted].sort((one, two) => rank(one) - rank(two));
  }
};
