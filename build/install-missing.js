/** Installs what a fresh clone lacks. Uses nothing but Node, because nothing else may be there yet. */

import {execFileSync, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = path => new URL(`../${path}`, import.meta.url);

const fingerprint = path =>
  createHash('sha256')
    .update(readFileSync(inRoot(path)))
    .digest('hex');

/** Runs a command in the project's folder; its output is the user's. Throws when it fails. */
export function run(command, args, options = {}) {
  const {status, error} = spawnSync(command, args, {cwd: root, stdio: 'inherit', ...options});
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

/**
 * Installs the packages of the lock file in a folder, unless that has been done. Folders of tools that only
 * a few tests need have a lock file of their own; their names end in a slash.
 */
export function installPackages(folder = '') {
  const [major] = process.versions.node.split('.');
  if (Number(major) < 20) {
    throw new Error(`Node 20 or later is needed; this is ${process.versions.node}.`);
  }
  const mark = inRoot(`${folder}node_modules/.installed-lock`);
  const lock = fingerprint(`${folder}package-lock.json`);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  console.log(folder ? `Installing packages of ${folder} …` : 'Installing packages …');
  run('npm', ['ci', '--no-audit', '--no-fund'], {cwd: root + folder});
  mkdirSync(inRoot(`${folder}node_modules/`), {recursive: true});
  writeFileSync(mark, lock);
}

/** The folder of PostgreSQL's programs, newest first; `undefined` where there is none. */
export function postgresFolder() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  return versions
    .sort((one, other) => Number(other) - Number(one))
    .map(version => `${debian}/${version}/bin`)
    .concat('/usr/local/bin', '/usr/local/pgsql/bin')
    .find(folder => existsSync(`${folder}/initdb`));
}

/** What the tests drive, and the Debian packages that bring it. */
const programs = [
  {isThere: () => existsSync('/usr/bin/chromium'), packages: ['chromium']},
  {isThere: () => existsSync('/usr/bin/firefox-esr'), packages: ['firefox-esr']},
  {isThere: () => existsSync('/usr/bin/WebKitWebDriver'), packages: ['webkit2gtk-driver']},
  {isThere: () => existsSync('/usr/bin/Xvfb'), packages: ['xvfb']},
  {isThere: () => postgresFolder() !== undefined, packages: ['postgresql']},
  {isThere: () => existsSync('/usr/sbin/nginx'), packages: ['nginx']},
  // These check the files in `companion/deploy`. 35 MB to fetch in all, 130 MB on the disk.
  {isThere: () => existsSync('/usr/bin/caddy'), packages: ['caddy']},
  {isThere: () => existsSync('/usr/bin/promtool'), packages: ['prometheus']},
  {isThere: () => existsSync('/usr/bin/docker-compose'), packages: ['docker-compose']},
  {isThere: () => existsSync('/usr/bin/systemd-analyze'), packages: ['systemd']},
  {isThere: () => existsSync('/usr/bin/sqlite3'), packages: ['sqlite3']},
];

/** Installs the browsers and the servers that are missing, or says how. */
export function installPrograms() {
  const missing = programs.filter(({isThere}) => !isThere()).flatMap(one => one.packages);
  if (missing.length === 0) return;
  const remedy = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const hasApt = spawnSync('apt-get', ['--version'], {stdio: 'ignore'}).status === 0;
  if (process.getuid?.() !== 0 || !hasApt) {
    throw new Error(`Programs for the tests are missing. As root, on Debian: ${remedy}`);
  }
  console.log(`Installing ${missing.join(', ')} …`);
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  execFileSync('apt-get', ['update', '-qq'], {env, stdio: 'inherit'});
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
