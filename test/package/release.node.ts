import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {unzipSync} from 'fflate';
import {releaseProblems, writeRelease, type ReleaseFacts} from '../../scripts/release.js';
import {longTestLimit} from '../time-limit.js';
import {root, run, textOf} from './run.js';

const changelogWith = (...headings: string[]): string =>
  `# Changelog\n\n${headings.map(heading => `## ${heading}\n\n### Added\n\n- A way to give.\n`).join('\n')}`;

const makeFacts = (overrides: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  page: {name: 'reader-support', version: '1.2.0'},
  companion: {
    name: 'reader-support-companion',
    version: '1.2.0',
    dependencies: {hono: '^4.13.19', 'reader-support': '1.2.0'},
  },
  locked: ['1.2.0', '1.2.0'],
  changelog: changelogWith('[1.2.0] - 2027-02-03', '[1.1.0] - 2027-01-01'),
  changed: [],
  tags: ['v1.2.0'],
  otherTags: ['v1.1.0'],
  ...overrides,
});

const companionOf = (version: string, needed?: string) => ({
  ...makeFacts().companion,
  version,
  dependencies: needed === undefined ? {} : {'reader-support': needed},
});

const noTags: readonly string[] = [];

describe('releaseProblems()', () => {
  for (const {given, facts} of [
    {given: 'the tagged commit of a version', facts: {}},
    {given: 'a tag that is no version beside the right one', facts: {tags: ['latest', 'v1.2.0']}},
    {
      given: 'a rehearsal before the day is known',
      facts: {tags: noTags, changelog: changelogWith('[1.2.0] - Unreleased')},
    },
    {given: 'a rehearsal with the day', facts: {tags: noTags}},
  ])
    it(`finds nothing wrong with ${given}`, () => {
      assert.deepEqual(releaseProblems(makeFacts(facts)), []);
    });

  for (const {given, facts, problem} of [
    {
      given: 'a changed and a new file',
      facts: {changed: ['src/index.ts', 'notes.txt']},
      problem: /^Files differ from the commit: src\/index\.ts, notes\.txt\. Commit them/,
    },
    {
      given: 'a companion of an older version',
      facts: {companion: companionOf('1.1.0', '1.2.0')},
      problem: /companion is 1\.1\.0, but reader-support is 1\.2\.0: write the same version/,
    },
    ...[
      {given: 'a range', needed: '^1.2.0'},
      {given: 'an older version', needed: '1.1.0'},
      {given: 'a folder', needed: 'file:..'},
      {given: 'nothing', needed: undefined},
    ].map(({given, needed}) => ({
      given: `a companion that depends on ${given}`,
      facts: {companion: companionOf('1.2.0', needed)},
      problem: /write "reader-support": "1\.2\.0" into companion\/package\.json/,
    })),
    {
      given: 'a lock file of an older version',
      facts: {locked: ['1.2.0', '1.1.0']},
      problem: /package-lock\.json says 1\.2\.0 and 1\.1\.0: run "npm install --package-lock-only"/,
    },
    {
      given: 'a changelog that ends before the version',
      facts: {changelog: changelogWith('[1.1.0] - 2027-01-01')},
      problem: /has no section for 1\.2\.0: add/,
    },
    {
      given: 'a changelog in which a longer version begins with this one',
      facts: {changelog: changelogWith('[1.2.0-rc.1] - 2027-02-03')},
      problem: /has no section for 1\.2\.0: add/,
    },
    {
      given: 'an unreleased section above the version',
      facts: {changelog: changelogWith('[Unreleased]', '[1.2.0] - 2027-02-03')},
      problem: /unreleased section above 1\.2\.0: move its entries/,
    },
    {
      given: 'an unreleased section without entries',
      facts: {
        changelog: changelogWith('[1.2.0] - 2027-02-03').replace('## ', '## Unreleased\n\n## '),
      },
      problem: /unreleased section above 1\.2\.0: .+ delete its heading/,
    },
    {
      given: 'a newer version in the changelog',
      facts: {changelog: changelogWith('[1.3.0] - 2027-03-03', '[1.2.0] - 2027-02-03')},
      problem: /begins with "\[1\.3\.0\] - 2027-03-03", not with 1\.2\.0/,
    },
    {
      given: 'two sections for the version',
      facts: {changelog: changelogWith('[1.2.0] - 2027-02-03', '[1.2.0] - 2027-02-02')},
      problem: /more than one section for 1\.2\.0: join them/,
    },
    {
      given: 'a section that lists nothing',
      facts: {changelog: '## [1.2.0] - 2027-02-03\n\n### Added\n\n## [1.1.0]\n\n- A way.\n'},
      problem: /lists nothing under 1\.2\.0: say what has changed/,
    },
    ...['[1.2.0] - Unreleased', '[1.2.0]', '[1.2.0] - 3 February 2027', '[1.2.0] - 2027-13-03'].map(
      heading => ({
        given: `the heading "${heading}" under a tag`,
        facts: {changelog: changelogWith(heading)},
        problem: /gives 1\.2\.0 no day: write "## \[1\.2\.0\] - YYYY-MM-DD"/,
      }),
    ),
    {
      given: 'a commit tagged with an older version',
      facts: {tags: ['v1.1.0'], otherTags: noTags},
      problem: /is tagged v1\.1\.0, but the version is 1\.2\.0: tag it v1\.2\.0/,
    },
    {
      given: 'a tag without its letter',
      facts: {tags: ['1.2.0']},
      problem: /is tagged 1\.2\.0, but the version is 1\.2\.0: tag it v1\.2\.0/,
    },
    {
      given: 'a version whose tag is on another commit',
      facts: {tags: noTags, otherTags: ['v1.2.0']},
      problem: /v1\.2\.0 is the tag of another commit: check that one out/,
    },
  ] as const)
    it(`refuses ${given}, and says what to do`, () => {
      const problems = releaseProblems(makeFacts(facts));
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0]!, problem);
    });

  it('lists all problems at once', () => {
    const facts = makeFacts({changed: ['README.md'], locked: ['1.0.0', '1.0.0'], tags: ['v0.9.0']});
    assert.equal(releaseProblems(facts).length, 3);
  });
});

describe('writeRelease()', {timeout: longTestLimit}, () => {
  const place = mkdtempSync(join(tmpdir(), 'reader-support-'));
  const folder = join(place, 'release');
  const {version} = JSON.parse(textOf('package.json')) as {version: string};
  const zipName = `reader-support-script-tag-${version}.zip`;
  let sums = '';
  before(() => {
    sums = writeRelease(folder);
  });
  after(() => rmSync(place, {recursive: true, force: true}));

  const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

  interface Bill {
    readonly metadata: {readonly component: {readonly name: string; readonly version: string}};
    readonly components: readonly {readonly name: string; readonly version: string}[];
  }
  const billOf = (name: string): Bill =>
    JSON.parse(readFileSync(join(folder, `${name}-${version}.cdx.json`), 'utf8')) as Bill;

  it('writes both packages, a bill of materials for each, the zip, and their checksums', () => {
    const names = [
      `reader-support-${version}.cdx.json`,
      `reader-support-${version}.tgz`,
      `reader-support-companion-${version}.cdx.json`,
      `reader-support-companion-${version}.tgz`,
      zipName,
    ].sort();
    assert.deepEqual(readdirSync(folder).sort(), ['SHA256SUMS', ...names]);
    const lines = names.map(name => `${sha256(readFileSync(join(folder, name)))}  ${name}\n`);
    assert.equal(sums, lines.join(''));
    assert.equal(readFileSync(join(folder, 'SHA256SUMS'), 'utf8'), sums);
  });

  it('zips the files of the script tag as they are in dist/, with their checksums', () => {
    const unzipped = unzipSync(new Uint8Array(readFileSync(join(folder, zipName))));
    const {SHA256SUMS, ...files} = unzipped;
    const meant = readdirSync(`${root}dist`).filter(name =>
      /\.js$|^(integrity\.json|LICENSES\.txt)$/.test(name),
    );
    assert.ok(meant.length > 10);
    assert.deepEqual(Object.keys(files).sort(), meant.sort());
    for (const [name, content] of Object.entries(files))
      assert.equal(sha256(content), sha256(readFileSync(`${root}dist/${name}`)), name);
    assert.deepEqual(
      new TextDecoder().decode(SHA256SUMS).trim().split('\n').sort(),
      meant.map(name => `${sha256(files[name]!)}  ${name}`).sort(),
    );
  });

  it('packs the manifests of this version', async () => {
    for (const name of ['reader-support', 'reader-support-companion']) {
      const tarball = join(folder, `${name}-${version}.tgz`);
      const {code, output} = await run('tar', ['-xOzf', tarball, 'package/package.json']);
      assert.equal(code, 0, output);
      const manifest = JSON.parse(output) as {name: string; version: string};
      assert.deepEqual([manifest.name, manifest.version], [name, version]);
    }
  });

  it('lists what is installed with reader-support, and nothing of the development', () => {
    const {metadata, components} = billOf('reader-support');
    assert.deepEqual(
      [metadata.component.name, metadata.component.version],
      ['reader-support', version],
    );
    const names = components.map(({name}) => name);
    for (const name of ['@stripe/stripe-js', 'lit', 'lit-html']) assert.ok(names.includes(name));
    assert.ok(names.length < 12, names.join(' '));
  });

  it('lists what is installed with the companion, reader-support of this version included', () => {
    const {metadata, components} = billOf('reader-support-companion');
    assert.equal(metadata.component.name, 'reader-support-companion');
    const {dependencies} = JSON.parse(textOf('companion/package.json')) as {dependencies: object};
    const names = new Set(components.map(({name}) => name));
    for (const name of Object.keys(dependencies)) assert.ok(names.has(name), name);
    for (const name of ['@types/node', 'eslint', 'mailparser', 'nodemailer', 'pg', 'typescript'])
      assert.ok(!names.has(name), name);
    assert.equal(components.find(({name}) => name === 'reader-support')?.version, version);
  });

  it('gives the same bytes again, in another time zone too', context => {
    const zone = process.env['TZ'];
    context.after(() => {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    });
    process.env['TZ'] = 'America/Los_Angeles';
    assert.equal(new Date(0).getHours(), 16);
    assert.equal(writeRelease(join(place, 'again')), sums);
  });
});
