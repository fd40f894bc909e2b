#!/usr/bin/env node
/** Starts the command line, unless it would run with rules of another version. */

import {requireSameVersion} from '../config/require-same-version.js';

try {
  requireSameVersion();
  // Imported after the check: another version may lack what the commands import.
  const {runProgram} = await import('./program.js');
  await runProgram();
} catch (error) {
  if (!(error instanceof TypeError) || !error.message.startsWith('reader-support-companion '))
    throw error;
  console.error(error.message);
  process.exitCode = 1;
}
