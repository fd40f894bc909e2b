import assert from 'node:assert/strict';
import {renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {longTestLimit} from '../../../test/time-limit.js';
import {run} from './fixtures.js';
import {aTest, conclude, published, textIn} from './concluded.js';

const report = (folder: string, ...more: readonly string[]) =>
  run([
    ...['report', '--campaigns', join(folder, 'campaigns.json')],
    ...['--sums', join(folder, 'sums.csv'), '--format', 'html', ...more],
  ]);

const concluded = async (...more: readonly string[]): Promise<string> => {
  const folder = aTest(published);
  const {code, err} = await conclude(folder, '--keep', 'plain-words', ...more);
  assert.equal(code, 0, err);
  return folder;
};

describe('report of an experiment that has ended', {timeout: longTestLimit}, () => {
  it('draws the arms as readers saw them, from the folder beside the file', async () => {
    const folder = await concluded();
    const {code, out, err} = await report(folder);
    assert.equal(code, 0, err);
    assert.match(out, /A message/);
    assert.match(out, /Against control\./);
    renameSync(join(folder, 'experiments'), join(folder, 'elsewhere'));
    const without = await report(folder);
    assert.doesNotMatch(without.out, /A message/);
    const named = await report(folder, '--archive', join(folder, 'elsewhere'));
    assert.equal(named.out, out);
  });

  it('draws an experiment that no longer stands in the file', async () => {
    const folder = await concluded();
    const file = JSON.parse(textIn(folder, 'campaigns.json')) as {experiments?: unknown};
    delete file.experiments;
    writeFileSync(join(folder, 'campaigns.json'), JSON.stringify(file));
    for (const name of ['autumn-appeal', 'autumn-appeal@1']) {
      const {code, out, err} = await report(folder, '--experiment', name);
      assert.equal(code, 0, err);
      assert.match(out, /A message/);
    }
    const {err} = await report(folder, '--experiment', 'autumn');
    assert.match(err, /expected an experiment of the file but received autumn: there are none/);
  });

  it('draws the file while the experiment runs, whatever the archive has', async () => {
    const folder = await concluded();
    const next = published.replace('A message', 'A letter').replace('"version": 1', '"version": 2');
    writeFileSync(join(folder, 'campaigns.json'), next);
    writeFileSync(
      join(folder, 'sums.csv'),
      textIn(folder, 'sums.csv').replaceAll('appeal@1', 'appeal@2'),
    );
    const {out, err} = await report(folder, '--experiment', 'autumn-appeal');
    assert.match(out, /A letter/, err);
  });

  for (const [given, broken, message] of [
    ['no JSON', '{', /conclusion\.json: expected JSON but received something else/],
    ['nothing in it', '{}', /conclusion\.json: expected what `conclude` writes but received/],
    ['a list', '[]', /conclusion\.json: expected what `conclude` writes but received/],
    ['another form', '{"format": 2}', /conclusion\.json: expected what `conclude` writes/],
  ] as const) {
    it(`says what is wrong with an archive, given ${given}`, async () => {
      const folder = await concluded();
      writeFileSync(join(folder, 'experiments', 'autumn-appeal@1', 'conclusion.json'), broken);
      const {code, err} = await report(folder);
      assert.equal(code, 1);
      assert.match(err, message);
    });
  }

  it('refuses an archive that is not there', async () => {
    const folder = await concluded();
    const {code, err} = await report(folder, '--archive', join(folder, 'none'));
    assert.equal(code, 1);
    assert.match(err, /none cannot be read: there is no such folder/);
  });
});
