/** `npm start`: installs what is missing, builds, and serves the demo. */

import {installPackages, run} from '../build/install-missing.js';

try {
  installPackages();
  run('npm', ['run', '--silent', 'build']);
  run('node', ['--import', 'tsx', 'demo/main.ts']);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
