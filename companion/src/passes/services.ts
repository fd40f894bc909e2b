/** Opens the parts that mail and passes need, as far as the settings and the store provide them. */

import type {Secrets} from '../database/secrets.js';
import {type MailStore, type MailTransport, openMailer, openOutbox} from '../mail/index.js';
import type {PassRules} from './pass-standing.js';
import type {Job} from '../database/jobs.js';
import type {SiteSettings} from '../http/settings.js';
import type {PassStore} from './pass-store.js';
import {passTokens, type PassKey} from './pass-token.js';
import {openPasses, type Passes} from './passes.js';
import {Problem} from '../http/problem.js';

/** The available parts. Routes whose parts are missing answer with a problem. */
export interface Services {
  /** The publication's name. */
  readonly name: string;
  readonly passes: {readonly passService: Passes; readonly store: PassStore} | undefined;
  readonly mail: {readonly store: MailStore} | undefined;
  /** Returns the passes. Throws a `Problem` that says what is missing. */
  needPasses(): {readonly passService: Passes; readonly store: PassStore};
  /** Sends due mails soon, in the background. */
  work(): void;
  readonly jobs: readonly Job[];
}

const seconds = 1000;

/** What the services are opened with. */
export interface ServiceSettings extends Pick<
  SiteSettings,
  'site' | 'brand' | 'basePath' | 'log' | 'now'
> {
  readonly secrets: Secrets | undefined;
  readonly mail:
    | {readonly from: string; readonly transport: string | MailTransport; readonly name: string}
    | undefined;
  readonly passes:
    | {
        readonly keys: readonly PassKey[];
        readonly life: number;
        readonly rules: PassRules;
        readonly asksBeforeSecond: boolean;
      }
    | undefined;
  readonly store: {readonly mail?: MailStore; readonly passes?: PassStore};
}

/** Opens the parts that the settings and the store allow. */
export function openServices(settings: ServiceSettings): Services {
  const {site, brand, basePath, store, secrets, mail, passes, log, now} = settings;
  const name = brand.name ?? mail?.name ?? new URL(site).hostname;

  const passService =
    passes && secrets && store.passes
      ? openPasses({
          site,
          store: store.passes,
          secrets,
          tokens: passTokens(passes.keys, site),
          rules: passes.rules,
          asksBeforeSecond: passes.asksBeforeSecond,
          life: passes.life,
          now,
        })
      : undefined;
  const opened = passService && store.passes ? {passService, store: store.passes} : undefined;

  const outbox =
    mail && secrets && store.mail
      ? openOutbox({
          site,
          basePath,
          name,
          store: store.mail,
          mailer: openMailer(mail.from, mail.transport, new URL(site).hostname),
          secrets,
          passes: opened,
          log,
          now,
        })
      : undefined;

  return {
    name,
    passes: opened,
    mail: outbox && store.mail ? {store: store.mail} : undefined,
    needPasses() {
      if (opened) return opened;
      throw new Problem(503, 'not-configured', {
        detail:
          'Passes are not set up: createSupportServer needs `passes`, `secrets` and a store that keeps passes.',
      });
    },
    work() {
      outbox?.().catch((error: unknown) =>
        log({
          at: 'mail',
          problem: 'failed',
          detail: {type: error instanceof Error ? error.name : typeof error},
        }),
      );
    },
    jobs: outbox ? [{name: 'mail', every: 10 * seconds, run: outbox}] : [],
  };
}
