import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {textOf, tool} from './run.js';
import {longTestLimit} from '../time-limit.js';

const folder = 'test/frameworks';

describe('the types of the elements', {timeout: longTestLimit}, () => {
  it('pass right React code and refuse wrong', async () => {
    const {code, output} = await tool('tsc6', '-p', `${folder}/react`);
    assert.equal(code, 0, output);
  });

  it('pass right Vue code and refuse wrong', async () => {
    const {code, output} = await tool('vue-tsc', '-p', `${folder}/vue`);
    assert.equal(code, 0, output);
  });

  // Svelte's markup cannot say that an error is expected: compare the lines.
  it('pass right Svelte code and refuse wrong', async () => {
    const {output} = await tool(
      'svelte-check',
      '--workspace',
      `${folder}/svelte`,
      '--tsconfig',
      'tsconfig.json',
      '--output',
      'machine',
      '--fail-on-warnings',
    );
    const found = [...output.matchAll(/(ERROR|WARNING) "(\S+\.svelte)" (\d+):\d+ "(.*)"$/gm)];
    assert.deepEqual(
      found.filter(([, , file]) => file !== 'Wrong.svelte').map(([line]) => line),
      [],
    );
    const wrong = textOf(`${folder}/svelte/Wrong.svelte`)
      .split('\n')
      .flatMap((line, index) => (line.startsWith('<support-') ? [index + 1] : []));
    const lines = new Set(found.map(([, , , line]) => Number(line)));
    assert.deepEqual(
      [...lines].sort((a, b) => a - b),
      wrong,
      output,
    );
  });
});
