import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {textOf} from './run.js';

interface Locked {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const {packages} = JSON.parse(textOf('package-lock.json')) as {packages: Record<string, Locked>};
const locked = Object.entries(packages).filter(([path]) => path !== '');
const namesOf = (found: readonly [string, Locked][]) => found.map(([path]) => path);

describe('the packages that are installed with this one', () => {
  it('run no script at their installation', () => {
    const installed = locked.filter(([, {dev}]) => !dev);
    assert.ok(installed.length > 40);
    assert.deepEqual(namesOf(installed.filter(([, {hasInstallScript}]) => hasInstallScript)), []);
  });

  it('are locked by their hash, and come from a registry, as do those of the development', () => {
    const loose = locked.filter(
      ([, {integrity, resolved = 'https:'}]) =>
        !/^sha512-/.test(integrity ?? '') || !/^https:/.test(resolved),
    );
    assert.deepEqual(namesOf(loose), []);
  });
});
