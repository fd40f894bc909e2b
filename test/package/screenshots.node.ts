import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {describe, it} from 'node:test';
import {digestOfInputs, pictureFolder, pictures} from '../../demo/gallery/pictures.js';
import {meanings, scenes, stateAt, states, addressOf} from '../../demo/gallery/states.js';
import {root, textOf} from './run.js';

describe('the pictures of the documentation', () => {
  it('are as new as what they are made of', () => {
    assert.equal(
      textOf('docs/images/inputs.sha256').trim(),
      digestOfInputs(),
      'run `npm run screenshots`, look at the pictures, and commit them',
    );
  });

  it('are there, and stand in the README', () => {
    for (const {name} of pictures) {
      assert.ok(existsSync(`${pictureFolder}${name}.png`), name);
      assert.ok(pictureFolder.startsWith(root));
      assert.ok(textOf('README.md').includes(`docs/images/${name}.png`), name);
    }
  });
});

describe('the list of states', () => {
  it('has an address for each, which leads back to it', () => {
    const addresses = states.map(addressOf);
    assert.equal(new Set(addresses).size, states.length);
    for (const state of states.filter((_, index) => index % 50 === 0)) {
      const {searchParams} = new URL(addressOf(state), 'http://localhost');
      assert.deepEqual(stateAt(searchParams), state);
    }
    assert.equal(stateAt(new URLSearchParams('element=support-appeal&state=rest')), undefined);
  });

  it('has every element, and is told in docs/elements.md', () => {
    const text = textOf('docs/elements.md');
    const section = text.slice(text.indexOf('\n## States'));
    assert.deepEqual(
      [...new Set(scenes.map(({state}) => state))].sort(),
      Object.keys(meanings).sort(),
    );
    for (const [state, meaning] of Object.entries(meanings)) {
      assert.match(section, new RegExp(`^\\| \`${state}\` +\\| ${meaning} +\\|`, 'm'), state);
    }
    assert.equal(new Set(scenes.map(({element}) => element)).size, 5);
  });
});
