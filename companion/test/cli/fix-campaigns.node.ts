import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fixCampaigns, fixCampaignsFile} from '../../src/cli/fix-campaigns.js';
import {pathOf} from 'reader-support/core';
import {run} from './fixtures.js';

const rows: readonly {given: string; text: string; fixed: string}[] = [
  {
    given: 'tabs, comments and keys in an order of their own',
    text: '{\n\t// The winter appeal, see "later" in the handbook.\n\t"campaigns": [{\n\t\t"cadence": {"maxViews": 2, /* days */ "later": [3], "close" : 7},\n\t\t"id": "winter"\n\t}]\n}\n',
    fixed:
      '{\n\t// The winter appeal, see "later" in the handbook.\n\t"campaigns": [{\n\t\t"cadence": {"maxViews": 2, /* days */ "laterDays": [3], "closeDays" : 7},\n\t\t"id": "winter"\n\t}]\n}\n',
  },
  {
    given: 'line ends of Windows and a byte order mark',
    text: '\uFEFF{\r\n  "count": "acts",\r\n  "campaigns": []\r\n}\r\n',
    fixed: '\uFEFF{\r\n  "count": "interactions",\r\n  "campaigns": []\r\n}\r\n',
  },
  {
    given: 'arms with overrides and a cadence in them',
    text: '{"campaigns":[],"experiments":[{"arms":{"b":{"set":{"cadence":{"gapHours":1}}},"show":{"show":false}},"goal":{"currency":"USD"}}]}',
    fixed:
      '{"campaigns":[],"experiments":[{"arms":{"b":{"overrides":{"cadence":{"hoursBetweenViews":1}}},"show":{"enabled":false}},"metric":{"currency":"USD"}}]}',
  },
  {
    given: 'several campaigns, of which some are new already',
    text: '{"campaigns":[{"id":"a","cadence":{"closeMost":9}},{"id":"b","cadence":{"closeDaysMax":9}},{"id":"c","cadence":{"dayStartsAt":3}}]}',
    fixed:
      '{"campaigns":[{"id":"a","cadence":{"closeDaysMax":9}},{"id":"b","cadence":{"closeDaysMax":9}},{"id":"c","cadence":{"dayStartsAtHour":3}}]}',
  },
  {
    given: 'an old key written with escapes',
    text: '{"campaigns":[{"cadence":{"l\\u0061ter":[3]}}]}',
    fixed: '{"campaigns":[{"cadence":{"laterDays":[3]}}]}',
  },
  {
    given: 'old words where they mean something else',
    text: '{"campaigns":[{"id":"later","copy":{"heading":"close"}}]}',
    fixed: '{"campaigns":[{"id":"later","copy":{"heading":"close"}}]}',
  },
  {
    given: 'an old key beside the new one, for a person to choose',
    text: '{"campaigns":[{"cadence":{"later":[3],"laterDays":[4]}}]}',
    fixed: '{"campaigns":[{"cadence":{"later":[3],"laterDays":[4]}}]}',
  },
  {
    given: 'what is no JSON',
    text: '{"campaigns":[{"cadence":{"later":[3]}}',
    fixed: '{"campaigns":[{"cadence":{"later":[3]}}',
  },
];

describe('fixCampaigns()', () => {
  for (const {given, text, fixed} of rows) {
    it(`${text === fixed ? 'leaves' : 'rewrites only the old words in'} ${given}`, () => {
      assert.equal(fixCampaigns(text).text, fixed);
      assert.equal(fixCampaigns(fixed).text, fixed);
    });
  }

  it('says which word was changed where', () => {
    const {changes} = fixCampaigns(rows[0]!.text);
    assert.deepEqual(
      changes.map(({path, from, to}) => [pathOf(path), from, to]),
      [
        ['campaigns[0].cadence.later', 'later', 'laterDays'],
        ['campaigns[0].cadence.close', 'close', 'closeDays'],
      ],
    );
  });
});

describe('check --fix', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fix-campaigns-'));
  });
  after(() => rmSync(folder, {recursive: true, force: true}));
  const fileWith = (name: string, text: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const old = '{\n  "campaigns": [{"id": "winter", "cadence": {"later": [3, 9]}}]\n}\n';

  it('rewrites the file, says what it changed and then finds nothing wrong', async () => {
    const path = fileWith('old.json', old);
    chmodSync(path, 0o640);
    const {code, out, err} = await run(['check', '--fix', path]);
    assert.equal(err, '');
    assert.match(
      out,
      /campaigns\[0\]\.cadence\.later: changed `later` to `laterDays`\n.*Nothing is wrong/s,
    );
    assert.equal(code, 0);
    assert.equal(readFileSync(path, 'utf8'), old.replace('later', 'laterDays'));
    assert.equal(statSync(path).mode & 0o777, 0o640);
    assert.deepEqual(
      readdirSync(folder).filter(name => name.endsWith('.tmp')),
      [],
    );
  });

  it('without --fix names the new word and leaves the file alone', async () => {
    const path = fileWith('unfixed.json', old);
    const {code, err} = await run(['check', path]);
    assert.equal(code, 1);
    assert.match(err, /campaigns\[0\]\.cadence\.later: `later` is now `laterDays`/);
    assert.equal(readFileSync(path, 'utf8'), old);
  });

  it('does not touch a file that has no old word', async () => {
    const path = fileWith('new.json', old.replace('later', 'laterDays'));
    const before = statSync(path, {bigint: true});
    assert.deepEqual(await fixCampaignsFile(path), []);
    const after = statSync(path, {bigint: true});
    assert.deepEqual([after.ino, after.mtimeNs], [before.ino, before.mtimeNs]);
  });

  it('writes through a symbolic link and keeps it', async () => {
    const path = fileWith('linked.json', old);
    const link = join(folder, 'link.json');
    symlinkSync(path, link);
    assert.equal((await fixCampaignsFile(link)).length, 1);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.match(readFileSync(path, 'utf8'), /laterDays/);
  });

  for (const {given, place, message} of [
    {
      given: 'an address',
      place: () => 'https://example.org/c.json',
      message: /expected a file but received an address/,
    },
    {given: 'a file that is not there', place: () => join(folder, 'none.json'), message: /ENOENT/},
    {
      given: 'bytes that are no UTF-8',
      place: () => fileWith('latin.json', Uint8Array.from([0x22, 0xe9, 0x22])),
      message: /encoded data was not valid|ERR_ENCODING/,
    },
  ])
    it(`refuses ${given}`, async () => {
      await assert.rejects(fixCampaignsFile(place()), message);
    });
});
