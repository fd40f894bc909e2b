/** Commands and files of the repository, for the tests of what is published. */

import {spawn} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

export const root: string = fileURLToPath(new URL('../../', import.meta.url));

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs a command in the repository, without colours. Resolves with everything it printed. */
export function run(command: string, args: readonly string[], cwd: string = root): Promise<Ran> {
  return new Promise(resolve => {
    const env = {...process.env, FORCE_COLOR: '0', NO_COLOR: '1', PUPPETEER_SKIP_DOWNLOAD: '1'};
    const child = spawn(command, args, {cwd, env, stdio: ['ignore', 'pipe', 'pipe']});
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', error => resolve({code: 1, output: String(error)}));
    child.on('close', code => resolve({code: code ?? 1, output}));
  });
}

/** Runs a tool of `node_modules`. */
export const tool = (name: string, ...args: string[]): Promise<Ran> =>
  run(`${root}node_modules/.bin/${name}`, args);

/** Runs a module's text in a bare Node, without a compiler, as a site's server would. */
export const plainNode = (text: string, ...flags: string[]): Promise<Ran> =>
  run(process.execPath, [...flags, '--input-type=module', '--eval', text]);

/** Files below a folder of the repository, as paths from its root, sorted. */
export const filesIn = (folder: string): string[] =>
  readdirSync(root + folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').replace(root, ''))
    .sort();

export const textOf = (path: string): string => readFileSync(root + path, 'utf8');
