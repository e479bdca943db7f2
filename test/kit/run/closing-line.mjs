import { writeSync } from 'node:fs';

/** Ends the run with one plain line that other programs can read: `120 passed, 0 failed`. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    // A file that does not even load has no tests to count, but must never look like a success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const rest = skipped > 0 ? `, ${skipped} skipped` : '';
    // Jest adds its own summary after every reporter, and the teardown comes later still.
    process.once('exit', () => writeSync(1, `${results.numPassedTests} passed, ${failed} failed${rest}\n`));
  }
}
