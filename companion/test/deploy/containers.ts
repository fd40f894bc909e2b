/** Runs what a compose file starts as processes of this machine, without Docker, and as a container would be run. */

import assert from 'node:assert/strict';
import {execFileSync, spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {after} from 'node:test';
import {parse} from 'yaml';
import {compiled} from '../compiled.js';

/** The folder of the files that operators copy. */
export const deploy: string = fileURLToPath(new URL('../../deploy/', import.meta.url));

/** Reads a file of that folder. */
export const fileOf = (name: string): string => readFileSync(join(deploy, name), 'utf8');

/** The Caddyfile, with the line that it asks for where this machine's Caddy is an old one. */
export function caddyfile(): string {
  const version = execFileSync('caddy', ['version'], {encoding: 'utf8'});
  const [, minor, patch] = /^v?2\.(\d+)\.(\d+)/.exec(version) ?? [];
  assert.ok(minor && patch, `expected a version of Caddy 2 but received ${version}`);
  const release = Number(minor) + Number(patch) / 100;
  const line = release < 7 ? 'buffer_requests' : release <= 11.01 ? 'request_buffers 1MB' : '';
  return fileOf('Caddyfile').replace('lb_try_duration 5s', `$&\n${line}`);
}

/** A service of a compose file, as far as the tests look. */
export interface Service {
  readonly build?: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly env_file?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly healthcheck?: {readonly test: readonly string[]};
  readonly stop_grace_period: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
}

type Variables = Readonly<Record<string, string>>;

/** Reads a compose file and fills in `${NAME}` and `${NAME:?message}`, and no other form. */
export function readCompose(name: string, variables: Variables): Record<string, Service> {
  const filled = fileOf(name).replaceAll(
    /\$\{(\w+)(?::\?([^}]*))?\}/g,
    (_, variable: string, message = 'is not set') => {
      assert.ok(variables[variable], `${variable} ${message}`);
      return variables[variable];
    },
  );
  return (parse(filled, {merge: true}) as {services: Record<string, Service>}).services;
}

/** What an image adds to the services that are built from the Dockerfile. */
export interface Image {
  readonly env: Variables;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
  /** Every instruction of the last stage, in order. */
  readonly instructions: readonly (readonly [name: string, value: string])[];
}

/** Reads the last stage of the Dockerfile. */
export function readImage(): Image {
  const lines = fileOf('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean);
  const stage = lines.slice(lines.findLastIndex(line => line.startsWith('FROM')));
  const instructions = stage.map(line => {
    const [, name = '', value = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    return [name, value] as const;
  });
  const valueOf = (name: string) => instructions.find(([other]) => other === name)?.[1] ?? '';
  const list = (text: string) => JSON.parse(text) as string[];
  return {
    instructions,
    env: Object.fromEntries(
      [...valueOf('ENV').matchAll(/(\w+)=(\S+)/g)].map(([, ...pair]) => pair),
    ),
    entrypoint: list(valueOf('ENTRYPOINT')),
    command: list(valueOf('CMD')),
    healthcheck: list(valueOf('HEALTHCHECK').replace(/^.* CMD /, '')),
  };
}

/** Milliseconds of `30s`. */
export function msOf(duration: string): number {
  const [, seconds] = /^(\d+)s$/.exec(duration) ?? [];
  assert.ok(seconds, `expected seconds but received ${duration}`);
  return Number(seconds) * 1000;
}

/** A service that runs. */
export interface Container {
  readonly child: ChildProcess;
  /** Runs the health check and returns its exit code. */
  check(): number | null;
  /** Resolves when the health check passes. */
  healthy(): Promise<void>;
  /** Sends SIGTERM as `docker stop` does and asserts that it ends with 0 within the grace period. */
  stop(): Promise<void>;
  output(): string;
}

/** How a container's surroundings differ on this machine. */
export interface Surroundings {
  /** Stands for the folder of the compose file: bind mounts and `.env` are there, and volumes are made there. */
  readonly folder: string;
  /** Addresses by the names that services have for each other, such as `db:5432`. */
  readonly hosts?: Variables;
  /** Variables that must be others here: ports. */
  readonly env?: Variables;
  /** Paths of an image that is not ours. */
  readonly paths?: Variables;
}

const running = new Set<ChildProcess>();
after(() => running.forEach(child => child.kill('SIGKILL')));

const main = '/app/node_modules/reader-support-companion/dist/cli/main.js';

/** Starts a service with the command, the variables and the volumes that a container would have. */
export async function startService(
  service: Service,
  {folder, hosts = {}, env: changed = {}, paths = {}}: Surroundings,
): Promise<Container> {
  const image = service.build === undefined ? undefined : readImage();
  const places: Record<string, string> = {...paths};
  if (image) places[main] = await compiled('main', new URL('../../src/cli/', import.meta.url));
  for (const volume of service.volumes ?? []) {
    const [from = '', to = ''] = volume.split(':');
    const place = from.startsWith('.') ? join(folder, from) : join(folder, 'volumes', from);
    if (!from.startsWith('.')) mkdirSync(place, {recursive: true});
    assert.ok(existsSync(place), `${volume}: there is no such file`);
    places[to] = place;
  }
  const translate = (text: string) => {
    let result = text;
    for (const [from, to] of Object.entries(places))
      result = result.replaceAll(new RegExp(`(?<![\\w/.-])${from}(?=/|$)`, 'g'), to);
    for (const [from, to] of Object.entries(hosts)) result = result.replaceAll(from, to);
    return result;
  };

  const written = service.env_file ? readFileSync(join(folder, service.env_file), 'utf8') : '';
  const secrets = Object.fromEntries(
    [...written.matchAll(/^(\w+)=(.*)$/gm)].map(([, ...pair]) => pair as [string, string]),
  );
  const env: Record<string, string> = {PATH: process.env['PATH'] ?? ''};
  for (const [name, value] of Object.entries({
    ...image?.env,
    ...secrets,
    ...service.environment,
    ...changed,
  }))
    env[name] = translate(value);

  const line = [...(image?.entrypoint ?? []), ...(service.command ?? image?.command ?? [])];
  const [program = '', ...args] = line.map(translate);
  // The root is read-only, so nothing may be written where the process starts.
  const cwd = join(folder, 'workdir');
  mkdirSync(cwd, {recursive: true});
  const child = spawn(program, args, {cwd, env, stdio: ['ignore', 'pipe', 'pipe']});
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      running.delete(child);
      resolve(code);
    });
  });

  const [kind, ...rest] = service.healthcheck?.test ?? ['CMD', ...(image?.healthcheck ?? [])];
  assert.equal(kind, 'CMD');
  const [checker = '', ...checks] = rest.map(translate);
  const check = () => spawnSync(checker, checks, {env, timeout: 5000}).status;
  return {
    child,
    check,
    async healthy() {
      for (let turn = 0; check() !== 0; turn++) {
        assert.ok(child.exitCode === null && turn < 60, `it did not become healthy: ${output}`);
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    },
    async stop() {
      const began = Date.now();
      child.kill('SIGTERM');
      assert.equal(await ended, 0, output);
      const took = Date.now() - began;
      assert.ok(took < msOf(service.stop_grace_period), `it took ${took} ms to stop`);
    },
    output: () => output,
  };
}
