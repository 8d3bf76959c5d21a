/** Mocha's spec reporter, which then writes what it counted to the file MOCHA_TALLY, for test/run.ts; or says it, where there is none. */
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

const file = process.env.MOCHA_TALLY;
// For this process alone, not for those that tests start.
delete process.env.MOCHA_TALLY;

module.exports = class ClosingLine extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures: failed } = runner.stats;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
      else {
        for (const title of skipped) console.log(`SKIPPED: ${title}`);
        if (skipped.length > 0) console.log(`${skipped.length} SKIPPED: this run does not cover everything.`);
        console.log(`${passed} passed, ${failed} failed`);
      }
    });
  }
};
