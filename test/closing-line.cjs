/** Mocha's spec reporter, which then writes what it counted to the file MOCHA_TALLY, for test/run.ts; or says it, where there is none. */
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { reporters, Runner } = require('mocha');

const file = process.env.MOCHA_TALLY;
// For this process alone, not for those that tests start.
delete process.env.MOCHA_TALLY;

module.exports = class ClosingLine extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    const failed = [];
    const seconds = {};
    const begun = new Map();
    // Those of a file, with all their hooks.
    const isOuter = (suite) => suite.parent?.root;
    runner.on(Runner.constants.EVENT_SUITE_BEGIN, (suite) => isOuter(suite) && begun.set(suite, performance.now()));
    runner.on(Runner.constants.EVENT_SUITE_END, (suite) => {
      if (!isOuter(suite) || !suite.file) return;
      const path = relative('', suite.file);
      seconds[path] = (seconds[path] ?? 0) + (performance.now() - begun.get(suite)) / 1_000;
    });
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) =>
      failed.push(`${test.fullTitle()}\n${error?.stack ?? error}`),
    );
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures } = runner.stats;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped, seconds }));
      else {
        for (const title of skipped) console.log(`SKIPPED: ${title}`);
        if (skipped.length > 0) console.log(`${skipped.length} SKIPPED: this run does not cover everything.`);
        console.log(`${passed} passed, ${failures} failed`);
      }
    });
  }
};
