/** `npm start`: installs what is missing, builds, and serves the demo. */

import {spawnSync} from 'node:child_process';
import {installPackages, root, run} from '../build/install-missing.js';

/** Builds the package. Prints the output only when the build fails. */
function build() {
  console.log('Building …');
  const {status, stdout, stderr} = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}\nThe build has failed.`);
}

try {
  installPackages();
  build();
  run('node', ['--import', 'tsx', 'demo/main.ts']);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
