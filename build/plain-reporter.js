/** Ends a Web Test Runner run with the files that failed, and one plain line: `N passed, N failed, N skipped`. */

import {relative} from 'node:path';

function count(suite, total) {
  for (const test of suite?.tests ?? []) {
    total[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
  }
  for (const inner of suite?.suites ?? []) count(inner, total);
  return total;
}

export function plainReporter() {
  return {
    onTestRunFinished({sessions}) {
      const total = {passed: 0, failed: 0, skipped: 0};
      for (const session of sessions) {
        count(session.testResults, total);
        // A file that did not load has no tests to fail.
        if (!session.passed && session.errors.length > 0) total.failed += 1;
        if (!session.passed) console.log(`\nfailed: ${relative('', session.testFile)}`);
      }
      console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
    },
  };
}
