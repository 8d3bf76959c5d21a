/** Mocha's spec reporter, which then says loudly what was skipped, and ends with the one line that CI looks for. */
const { reporters, Runner } = require('mocha');

module.exports = class ClosingLine extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      for (const title of skipped) console.log(`SKIPPED: ${title}`);
      if (skipped.length > 0) console.log(`${skipped.length} SKIPPED: this run does not cover everything.`);
      console.log(`${runner.stats.passes} passed, ${runner.stats.failures} failed`);
    });
  }
};
