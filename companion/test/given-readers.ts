/** Creates readers with browsers that keep cookies, and a companion with mail and passes. */

import {Stripe} from 'stripe';
import {
  createSupportServer,
  generatePassKey,
  sqlStore,
  type Database,
  type LogEntry,
  type PassKey,
  type SqlStore,
  type SupportServer,
  type SupportServerOptions,
} from '../src/companion.js';
import {stripeFake, type StripeFake} from '../src/fake-stripe/index.js';
import {anIntent, offer, secret, sessionOf, site} from './fixtures.js';

export const day = 86_400_000;

/** A secret of the minimum length. */
export const secrets = ['a secret of the tests that is long enough'];

/** A morning in Berlin. */
export const someMorning: number = Date.UTC(2026, 10, 24, 8);

let key: Promise<PassKey> | undefined;

/** A key for tests that need any. */
export async function aKey(): Promise<PassKey> {
  return await (key ??= generatePassKey());
}

/** A browser that returns the cookies it receives. */
export interface Device {
  readonly cookies: Map<string, string>;
  /** The `Set-Cookie` headers of the last response. */
  readonly set: string[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends JSON as a script of the site does. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form as a page of the companion does. */
  submit(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

export interface House {
  readonly server: SupportServer;
  readonly fake: StripeFake;
  readonly store: SqlStore;
  readonly log: LogEntry[];
  /** The clock, which tests move. */
  readonly clock: {now: number};
  /** Sends the due mails. */
  work(): Promise<number>;
  /** Creates a browser, optionally with an IP address. */
  device(address?: string): Device;
  /** Lets a reader press, pay and come back on one device. Resolves with the session. */
  give(device: Device, intent?: object): Promise<string>;
}

/** Creates a companion with passes, mail and a database, connected to a Stripe fake. */
export async function aHouse(
  database: Database,
  options: Partial<SupportServerOptions> & {
    readonly clock?: {now: number};
    readonly fake?: StripeFake;
  } = {},
): Promise<House> {
  const {clock = {now: someMorning}, fake: given, ...others} = options;
  const log: LogEntry[] = [];
  const now = () => clock.now;
  const store = sqlStore(database, {now});
  const fake =
    given ?? stripeFake({origin: site, now, webhooks: {to: request => receive(request), secret}});
  const server = createSupportServer({
    stripe: new Stripe('sk_test_of_the_tests', {
      httpClient: Stripe.createFetchHttpClient(fake.fetch),
      telemetry: false,
    }),
    site,
    offers: [offer],
    webhookSecrets: [secret],
    store,
    limits: {perAddress: [], global: []},
    mailLimits: {perAddress: [], global: []},
    secrets,
    passes: {keys: [await aKey()]},
    log: entry => log.push(entry),
    now,
    ...others,
  });
  const receive = (request: Request) => server.fetch(new Request(`${site}/webhook`, request));

  function device(address?: string): Device {
    const cookies = new Map<string, string>();
    const set: string[] = [];
    async function send(path: string, init: RequestInit, headers: Record<string, string>) {
      const request = new Request(new URL(path, site), {...init, headers});
      const sent = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      if (sent) request.headers.set('cookie', sent);
      const response = await server.fetch(request, {address});
      set.splice(0, set.length, ...response.headers.getSetCookie());
      for (const cookie of set) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (/Max-Age=0\b/.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    }
    return {
      cookies,
      set,
      get: (path, headers = {}) => send(path, {}, headers),
      post: (path, body, headers = {}) =>
        send(
          path,
          {method: 'POST', body: JSON.stringify(body)},
          {'content-type': 'application/json', origin: site, ...headers},
        ),
      submit: (path, fields, headers = {}) =>
        send(
          path,
          {method: 'POST', body: new URLSearchParams(fields).toString()},
          {'content-type': 'application/x-www-form-urlencoded', origin: site, ...headers},
        ),
    };
  }

  return {
    server,
    fake,
    store,
    log,
    clock,
    device,
    async work() {
      const mail = server.jobs.find(job => job.name === 'mail');
      return (await mail?.run()) ?? 0;
    },
    async give(reader, intent = {}) {
      const session = await sessionOf(
        await reader.post(
          '/checkout',
          anIntent({
            attemptId: crypto.randomUUID(),
            ...intent,
          }),
        ),
      );
      await fake.pay(session);
      await reader.get(`/checkout/${session}`);
      return session;
    },
  };
}

/** Requests `GET /access`. */
export async function accessOf(
  device: Device,
): Promise<{pass: boolean; until?: number; because?: string}> {
  return (await (await device.get('/access')).json()) as never;
}
