/**
 * Opens the companion as it is now over what 0.1.0 has stored. The only file of these tests that
 * knows where the companion and its gate are and how they are set up.
 */

import {Stripe} from 'stripe';
import {createGate, giftLinks, sqlGiftLedger, type Gate} from '../../companion/src/gate/index.js';
import {
  createSupportServer,
  openDatabase,
  sqlStore,
  type Database,
  type PassKey,
  type SqlStore,
  type SupportServer,
} from '../../companion/src/companion.js';
import type {Offer} from '../../src/core/index.js';
import {stripeFake, type StripeFake} from '../../companion/src/fake-stripe/index.js';
import {fixtureValue} from './fixtures.js';

export {giftLinks, openDatabase, sqlGiftLedger, stripeFake};
export type {Database, StripeFake};

/** What the companion of 0.1.0 was set up with. */
export interface Setup {
  readonly site: string;
  readonly webhookSecret: string;
  readonly secrets: readonly string[];
  readonly gateSecrets: readonly string[];
  readonly passKeys: readonly PassKey[];
  readonly reportToken: string;
  readonly offer: Offer;
  readonly campaigns: object;
}

export const setup = fixtureValue('companion/setup.json') as Setup;
export const {site} = setup;

/** Something that answers what the `stripe` package asks. */
export type StripeFetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>;

export interface SentMail {
  readonly to: string;
  readonly text: string;
}

export interface Companion {
  readonly server: SupportServer;
  readonly store: SqlStore;
  readonly mails: SentMail[];
  /** Sends a request as a browser at an address does. */
  ask(path: string, init?: RequestInit, address?: string): Promise<Response>;
  /** Sends the mails that are due, and answers how many went out. */
  sendMails(): Promise<number>;
}

/** Opens a companion with the keys of 0.1.0. The clock is the caller's. */
export function openCompanion(
  database: Database,
  clock: {readonly now: number},
  stripe: StripeFetch,
  options: {
    readonly transport?: (mail: SentMail) => Promise<unknown>;
    /** Default: the site of the fixtures. */
    readonly site?: string;
    readonly basePath?: string;
  } = {},
): Companion {
  const {site: origin = site, basePath = ''} = options;
  const now = () => clock.now;
  const store = sqlStore(database, {now});
  const mails: SentMail[] = [];
  const keep = (mail: SentMail) => Promise.resolve(mails.push(mail));
  const server = createSupportServer({
    stripe: new Stripe('sk_test_of_the_fixtures', {
      httpClient: Stripe.createFetchHttpClient(stripe),
      telemetry: false,
    }),
    site: origin,
    basePath,
    offers: [setup.offer],
    webhookSecrets: [setup.webhookSecret],
    store,
    limits: {perAddress: [{max: 5, windowMs: 600_000}], perReader: [], global: []},
    mailLimits: {perAddress: [], global: []},
    secrets: setup.secrets,
    passes: {keys: setup.passKeys},
    mail: {
      from: 'The Harbour Post <post@example.org>',
      transport: {sendMail: options.transport ?? keep},
    },
    report: {token: setup.reportToken, campaigns: setup.campaigns as never},
    // A browser without a window says so, and would be taken for a robot.
    events: {batchDelayMs: 0, isRobot: agent => agent === null},
    log: () => undefined,
    now,
  });
  return {
    server,
    store,
    mails,
    ask: (path, init, address) => server.fetch(new Request(new URL(path, origin), init), {address}),
    async sendMails() {
      const job = server.jobs.find(({name}) => name === 'mail');
      return (await job?.run()) ?? 0;
    },
  };
}

/** A gate of the site, which gives five articles a month. */
export function openGate(clock: {readonly now: number}): Gate {
  return createGate({
    article: request => ({path: new URL(request.url).pathname}),
    meter: {free: 5},
    secrets: setup.gateSecrets,
    now: () => clock.now,
  });
}

/** Every row of a table, as the database has it. */
export async function rowsOf({query}: Database, table: string): Promise<readonly object[]> {
  return await query
    .selectFrom(table as 'gifts')
    .selectAll()
    .execute();
}
