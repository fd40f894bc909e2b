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
/** What is installed from elsewhere; the two packages of this repository stand in it as links. */
const locked = Object.entries(packages).filter(
  ([path, {link}]) => path.startsWith('node_modules/') && !link,
);
const namesOf = (found: readonly [string, Locked][]) => found.map(([path]) => path);

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: object;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, {readonly optional?: boolean}>>;
}

const page = JSON.parse(textOf('package.json')) as Manifest;
const companion = JSON.parse(textOf('companion/package.json')) as Manifest;

describe('the packages that are installed with these two', () => {
  it('are Lit and the loader of Stripe.js with reader-support, and nothing of a server', () => {
    assert.deepEqual(Object.keys(page.dependencies), ['@stripe/stripe-js', 'lit']);
    assert.equal(page.optionalDependencies, undefined);
    assert.equal(page.peerDependencies, undefined);
  });

  it('are the rules of exactly the same version with the companion', () => {
    assert.equal(companion.version, page.version);
    assert.equal(companion.dependencies['reader-support'], page.version);
  });

  it('leave out the driver and the mailer, which only some set-ups need', () => {
    const optional = Object.keys(companion.peerDependencies ?? {});
    assert.deepEqual(optional, ['nodemailer', 'pg']);
    for (const name of optional) {
      assert.equal(companion.peerDependenciesMeta?.[name]?.optional, true);
      assert.ok(!(name in companion.dependencies));
    }
  });

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
