/** How is a companion set up to write to readers and to let supporters in, and what is refused at the start? */

import type {Limit} from '../limits/limiter.js';
import {readMailAddress} from './mail-address.js';
import type {MailTransport} from './mailer.js';
import type {PassRules} from '../passes/pass-standing.js';
import type {PassKey} from '../passes/pass-token.js';
import {openSecrets, shortestSecret, type Secrets} from '../secrets.js';

/** How mail leaves. */
export interface MailOptions {
  /** `The Harbour Post <support@example.org>`, or an address alone. */
  readonly from: string;
  /** `smtp://user:password@host:587`, `smtps://…`, or something with nodemailer's `sendMail()`. */
  readonly transport: string | MailTransport;
  /** What the publication is called in mails and on pages. Default: the name in `from`, else the site's host. */
  readonly name?: string;
}

/** How supporters are let in. */
export interface PassOptions {
  /** From `generatePassKey()`. The first signs, all are believed: put a new one first, and take the old one away after half a year. */
  readonly keys: readonly PassKey[];
  /** Ms that a pass is believed without asking the store. Default: a day. */
  readonly life?: number;
  /** Days that a single gift lets its reader in; 0: not at all. Default: 90. */
  readonly onceDays?: number;
  /** Days that a recurring gift does after a renewal that has not come. Default: 14. */
  readonly graceDays?: number;
}

/** Options of contact. */
export interface ContactOptions {
  /**
   * At least 32 characters each, as `openssl rand -base64 32` makes them. Addresses are hashed and
   * sealed with the first; older ones are still understood. Needed for `mail` and for `passes`.
   */
  readonly secrets?: readonly string[];
  readonly mail?: MailOptions;
  readonly passes?: PassOptions;
  /** How often one network, and everybody together, may ask for a mail. */
  readonly mailLimits?: {
    readonly perAddress?: readonly Limit[];
    readonly global?: readonly Limit[];
  };
}

/** What has been checked. */
export interface ContactSettings {
  readonly secrets: Secrets | undefined;
  readonly mail:
    | {readonly from: string; readonly transport: string | MailTransport; readonly name: string}
    | undefined;
  readonly passes:
    | {readonly keys: readonly PassKey[]; readonly life: number; readonly rules: PassRules}
    | undefined;
  readonly mailLimits: {readonly perAddress: readonly Limit[]; readonly global: readonly Limit[]};
}

type Expected = (what: string, received: unknown) => never;

const minute = 60_000;
const day = 24 * 60 * minute;

/** Half a year at most: longer than that nobody waits for a pass to end. */
const longestLife = 180 * day;

function checkMail(mail: MailOptions, site: string, expected: Expected): ContactSettings['mail'] {
  const {from, transport} = mail;
  const wanted = '`mail.from` to be an address, with or without a name before it';
  const [, quoted, address] = /^(?:"?([^"<>\r\n]*?)"?\s*<([^<>]+)>)$/.exec(from) ?? [];
  if (!readMailAddress(address ?? from)) expected(wanted, JSON.stringify(from));
  if (typeof transport === 'string') {
    const protocol = URL.canParse(transport) ? new URL(transport).protocol : '';
    // The URL may hold a password: it is not repeated.
    if (!/^smtps?:$/.test(protocol))
      expected(
        '`mail.transport` to be an smtp: or smtps: URL, or to have sendMail()',
        'another text',
      );
  } else if (typeof (transport as MailTransport | undefined)?.sendMail !== 'function')
    expected(
      '`mail.transport` to be an smtp: or smtps: URL, or to have sendMail()',
      typeof transport,
    );
  const name = mail.name ?? (quoted?.trim() || new URL(site).hostname);
  if (!name.trim() || /\p{Cc}/u.test(name))
    expected('`mail.name` to be a name on one line', JSON.stringify(name));
  return {from, transport, name};
}

function checkPasses(passes: PassOptions, expected: Expected): ContactSettings['passes'] {
  const {keys, life = day, onceDays = 90, graceDays = 14} = passes;
  if (!(keys as readonly PassKey[] | undefined)?.length)
    expected('`passes.keys` to hold at least one key from generatePassKey()', 'none');
  for (const key of keys.map(each => Object(each) as Partial<PassKey>))
    if (key.kty !== 'EC' || key.crv !== 'P-256' || !key.kid || !key.x || !key.y)
      expected(
        'every one of `passes.keys` to be an EC key of the curve P-256 with a kid',
        'another',
      );
  if (!keys[0]?.d) expected('the first of `passes.keys` to be able to sign', 'a public key');
  if (new Set(keys.map(key => key.kid)).size < keys.length)
    expected('every one of `passes.keys` to have its own kid', 'one twice');
  if (!(life >= minute && life <= longestLife))
    expected('`passes.life` to be between a minute and 180 days in ms', life);
  for (const [name, days] of Object.entries({onceDays, graceDays}))
    if (!(days >= 0 && days <= 400))
      expected(`\`passes.${name}\` to be between 0 and 400 days`, days);
  return {keys, life, rules: {once: onceDays * day, grace: graceDays * day}};
}

/** Checks and completes the options. Throws through `expected`. */
export function checkContact(
  options: ContactOptions,
  site: string,
  expected: Expected,
): ContactSettings {
  const {secrets, mail, passes, mailLimits} = options;
  const isShort = (secret: unknown) => typeof secret !== 'string' || secret.length < shortestSecret;
  if (secrets && (!Array.isArray(secrets) || !secrets.length || secrets.some(isShort)))
    expected(
      `every one of \`secrets\` to have at least ${shortestSecret} characters`,
      'a shorter one',
    );
  if ((mail ?? passes) && !secrets) expected('`secrets` beside `mail` or `passes`', 'none');
  return {
    secrets: secrets && openSecrets(secrets),
    mail: mail && checkMail(mail, site, expected),
    passes: passes && checkPasses(passes, expected),
    mailLimits: {
      perAddress: mailLimits?.perAddress ?? [
        {most: 5, within: 60 * minute},
        {most: 20, within: day},
      ],
      global: mailLimits?.global ?? [{most: 300, within: 60 * minute}],
    },
  };
}
