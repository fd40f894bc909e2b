/**
 * Builds what a release publishes into `release/`, after it has checked that version, changelog and tag agree:
 *
 *     npm run release
 *
 * The same commit gives the same bytes, with the same version of npm.
 */

import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {strToU8, zipSync, type Zippable} from 'fflate';

const root = fileURLToPath(new URL('../', import.meta.url));

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What the checks look at. */
export interface ReleaseFacts {
  /** `package.json` of the root, and of `companion/`. */
  readonly page: Manifest;
  readonly companion: Manifest;
  /** The versions of both in `package-lock.json`. */
  readonly locked: readonly string[];
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
  /** Files that differ from the commit. */
  readonly changed: readonly string[];
  /** Tags of the commit. */
  readonly tags: readonly string[];
  /** Tags of other commits. */
  readonly otherTags: readonly string[];
}

function changelogProblems({page: {version}, changelog, tags}: ReleaseFacts): string[] {
  const sections = changelog
    .split(/^## /m)
    .slice(1)
    .map(text => ({heading: text.split('\n', 1).join('').trim(), text}));
  const ofVersion = sections.filter(({heading}) => heading.startsWith(`[${version}]`));
  const [section] = ofVersion;
  if (!section)
    return [`CHANGELOG.md has no section for ${version}: add "## [${version}] - DATE".`];
  const newer = sections.slice(0, sections.indexOf(section)).map(({heading}) => heading);

  const problems: string[] = [];
  if (newer.some(heading => /unreleased/i.test(heading)))
    problems.push(
      `CHANGELOG.md has an unreleased section above ${version}: move its entries to [${version}], and delete its heading.`,
    );
  else if (newer.length > 0)
    problems.push(
      `CHANGELOG.md begins with "${newer.join(', ')}", not with ${version}: put the newest version first, or raise the version.`,
    );
  if (ofVersion.length > 1)
    problems.push(`CHANGELOG.md has more than one section for ${version}: join them.`);
  if (!/^- /m.test(section.text))
    problems.push(`CHANGELOG.md lists nothing under ${version}: say what has changed.`);

  const [, date = ''] = section.heading.split(' - ');
  const isDay = /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));
  // Before the tag, a build is a rehearsal, and its day is not known yet.
  const isRehearsal = date === 'Unreleased' && tags.length === 0;
  if (!isDay && !isRehearsal)
    problems.push(
      `CHANGELOG.md gives ${version} no day: write "## [${version}] - YYYY-MM-DD", commit, and tag that commit.`,
    );
  return problems;
}

/** Lists what must be put right before a release, each with what to do. */
export function releaseProblems(facts: ReleaseFacts): string[] {
  const {page, companion, locked, changed, tags, otherTags} = facts;
  const {version} = page;
  const problems: string[] = [];
  if (changed.length > 0)
    problems.push(
      `Files differ from the commit: ${changed.join(', ')}. Commit them, or undo the changes: a release is made of one commit.`,
    );
  if (companion.version !== version)
    problems.push(
      `${companion.name} is ${companion.version}, but ${page.name} is ${version}: write the same version into both package.json.`,
    );
  const needed = companion.dependencies?.[page.name];
  if (needed !== version)
    problems.push(
      `${companion.name} depends on ${page.name} ${needed ?? 'not at all'}: write "${page.name}": "${version}" into companion/package.json.`,
    );
  if (locked.some(other => other !== version))
    problems.push(
      `package-lock.json says ${locked.join(' and ')}: run "npm install --package-lock-only".`,
    );
  problems.push(...changelogProblems(facts));
  const tag = `v${version}`;
  const wrong = tags.filter(name => /^v?\d/.test(name) && name !== tag);
  if (wrong.length > 0)
    problems.push(
      `The commit is tagged ${wrong.join(', ')}, but the version is ${version}: tag it ${tag}, or change the version.`,
    );
  if (otherTags.includes(tag))
    problems.push(`${tag} is the tag of another commit: check that one out, or raise the version.`);
  return problems;
}

const command = (name: string, args: readonly string[], cwd = root): string =>
  execFileSync(name, args, {cwd, encoding: 'utf8', maxBuffer: 2 ** 28});
const lines = (text: string): string[] => text.split('\n').filter(Boolean);
const readJson = (path: string): unknown => JSON.parse(readFileSync(root + path, 'utf8'));
const manifests = () => ({
  page: readJson('package.json') as Manifest,
  companion: readJson('companion/package.json') as Manifest,
});

interface LockedPackage {
  readonly version?: string;
  readonly link?: boolean;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, {readonly optional?: boolean}>>;
}
interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}
const lockFile = () => readJson('package-lock.json') as LockFile;

/** Reads the facts of the repository as it is. */
export function releaseFacts(): ReleaseFacts {
  const {packages} = lockFile();
  const tags = lines(command('git', ['tag', '--points-at', 'HEAD']));
  return {
    ...manifests(),
    locked: ['', 'companion'].map(path => packages[path]?.version ?? 'nothing'),
    changelog: readFileSync(`${root}CHANGELOG.md`, 'utf8'),
    changed: lines(command('git', ['status', '--porcelain'])).map(line => line.slice(3)),
    tags,
    otherTags: lines(command('git', ['tag'])).filter(name => !tags.includes(name)),
  };
}

const hash = (algorithm: string, content: Uint8Array | string) =>
  createHash(algorithm).update(content);

/** Lines that `sha256sum --check` reads. */
const checksums = (files: Readonly<Record<string, Uint8Array>>): string =>
  Object.entries(files)
    .map(([name, content]) => `${hash('sha256', content).digest('hex')}  ${name}\n`)
    .join('');

/**
 * Returns the files that a site with the script tag copies, and their checksums. Throws when a file is not
 * the one that `integrity.json` names, whose integrity a site pastes.
 */
function scriptTagFiles(): Record<string, Uint8Array> {
  const {files} = readJson('dist/integrity.json') as {
    files: Record<string, {readonly integrity: string}>;
  };
  const scripts = readdirSync(`${root}dist`).filter(name => name.endsWith('.js'));
  const content: Record<string, Uint8Array> = {};
  for (const name of new Set([...scripts, ...Object.keys(files)].sort())) {
    content[name] = readFileSync(`${root}dist/${name}`);
    if (files[name]?.integrity !== `sha384-${hash('sha384', content[name]).digest('base64')}`)
      throw new Error(`dist/${name} is not what dist/integrity.json says: run "npm run build".`);
  }
  content['integrity.json'] = readFileSync(`${root}dist/integrity.json`);
  content['LICENSES.txt'] = readFileSync(`${root}dist/LICENSES.txt`);
  content['SHA256SUMS'] = strToU8(checksums(content));
  return content;
}

const zipOf = (files: Readonly<Record<string, Uint8Array>>): Uint8Array => {
  const zippable = Object.entries(files).map(([name, content]) => [name, new Uint8Array(content)]);
  // The first moment of the format, which has local times: the same in every time zone.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(zippable) as Zippable, {level: 9, mtime});
};

/** A site installs an optional peer by itself, if at all; here it may be there for the tests. */
function withoutOptionalPeers(locked: LockedPackage): LockedPackage {
  const {peerDependencies = {}, peerDependenciesMeta = {}, ...others} = locked;
  const needed = Object.entries(peerDependencies).filter(
    ([name]) => !peerDependenciesMeta[name]?.optional,
  );
  return {...others, peerDependencies: Object.fromEntries(needed)};
}

interface Bill {
  readonly serialNumber: string;
  readonly metadata: object;
}

/**
 * Returns the software bill of materials of a package: what the lock file holds of its dependencies, without
 * what only this repository needs. `npm sbom` takes a workspace for the whole repository, so it looks at a
 * folder in which the package is the root. `ours` are the packages that are released beside it.
 */
function billOfMaterials(manifest: Manifest, ours: Readonly<Record<string, object>>): string {
  const {name, version, description, license, dependencies} = manifest;
  const place = mkdtempSync(join(tmpdir(), 'release-'));
  // npm takes the folder's name for the component's.
  const folder = join(place, name);
  try {
    mkdirSync(folder);
    const own = {name, version, description, license, dependencies};
    const others = Object.entries(lockFile().packages)
      .filter(([path, {link}]) => path.startsWith('node_modules/') && !link)
      .map(([path, locked]) => [path, withoutOptionalPeers(locked)] as const);
    const packages = {'': own, ...Object.fromEntries(others), ...ours};
    writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify({name, version, lockfileVersion: 3, requires: true, packages}),
    );
    const format = ['--sbom-format', 'cyclonedx', '--sbom-type', 'library'];
    const bill = JSON.parse(
      command('npm', ['sbom', ...format, '--package-lock-only'], folder),
    ) as Bill;
    // npm takes the time of day and a random number: take the commit's time, and a number made of the content.
    const timestamp = new Date(command('git', ['log', '-1', '--format=%cI']).trim()).toISOString();
    const metadata = {...bill.metadata, timestamp};
    const digits = hash('sha256', JSON.stringify({...bill, serialNumber: '', metadata}))
      .digest('hex')
      .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
    const fixed = {...bill, serialNumber: `urn:uuid:${digits}`, metadata};
    return `${JSON.stringify(fixed, null, 2)}\n`;
  } finally {
    rmSync(place, {recursive: true, force: true});
  }
}

/** Writes everything that is published, from what is built, into a folder, and returns the checksums. */
export function writeRelease(folder: string): string {
  const {page, companion} = manifests();
  const {version} = page;
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  for (const place of ['', 'companion'])
    command(
      'npm',
      ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
      root + place,
    );
  const tarball = readFileSync(join(folder, `${page.name}-${version}.tgz`));
  const integrity = `sha512-${hash('sha512', tarball).digest('base64')}`;
  const {license, dependencies} = page;
  const released = {[`node_modules/${page.name}`]: {version, integrity, license, dependencies}};
  const write = (name: string, content: Uint8Array | string) =>
    writeFileSync(join(folder, name), content);
  write(`${page.name}-${version}.cdx.json`, billOfMaterials(page, {}));
  write(`${companion.name}-${version}.cdx.json`, billOfMaterials(companion, released));
  write(`${page.name}-script-tag-${version}.zip`, zipOf(scriptTagFiles()));
  const names = readdirSync(folder).sort();
  const sums = checksums(
    Object.fromEntries(names.map(name => [name, readFileSync(join(folder, name))])),
  );
  write('SHA256SUMS', sums);
  return sums;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const facts = releaseFacts();
  const problems = releaseProblems(facts);
  if (problems.length > 0) {
    console.error(['Nothing was built.', ...problems].join('\n- '));
    process.exitCode = 1;
  } else {
    execFileSync('npm', ['run', '--silent', 'build'], {cwd: root, stdio: 'inherit'});
    console.log(writeRelease(`${root}release`).trim());
    const {version} = facts.page;
    console.log(
      facts.tags.length > 0
        ? `release/ holds ${version}.`
        : `release/ holds ${version}, a rehearsal: give it a day in CHANGELOG.md, and tag the commit v${version}.`,
    );
  }
}
