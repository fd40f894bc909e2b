/** Checks the options for mail and passes when the companion starts. */

import type {Limit} from '../limits/index.js';
import {type MailTransport, readMailAddress} from '../mail/index.js';
import type {PassKey, ServiceSettings} from '../passes/index.js';
import {openSecrets, shortestSecret} from '../database/secrets.js';

/** Options for sending mail. */
export interface MailOptions {
  /** The sender: `The Harbour Post <support@example.org>`, or an address alone. */
  readonly from: string;
  /** `smtp://user:password@host:587`, `smtps://…`, or an object with nodemailer's `sendMail()`. */
  readonly transport: string | MailTransport;
  /** The publication's name in mails and on pages. Default: the name in `from`, otherwise the site's host. */
  readonly name?: string;
}

/** Options for supporters' passes. */
export interface PassOptions {
  /** Keys from `generatePassKey()`. The first one signs, all verify. To rotate, add a new one first, drop the old after 180 days. */
  readonly keys: readonly PassKey[];
  /** How long a pass is valid without asking the store, in ms. Default: one day. */
  readonly life?: number;
  /** How many days a single gift gives access; 0: none. Default: 90. */
  readonly onceDays?: number;
  /** How many days a recurring gift gives access after a missed renewal. Default: 14. */
  readonly graceDays?: number;
  /**
   * Whether a reader whose recurring gift goes on is asked before another one: `POST /checkout` then answers
   * 409 `already-supporting` until the request says `anotherGift`. The page must handle it. Default: `allow`.
   */
  readonly secondGift?: 'allow' | 'ask';
}

/** Options for contact with readers: mail and passes. */
export interface ContactOptions {
  /**
   * At least 32 characters each, as `openssl rand -base64 32` prints them. Addresses are hashed and
   * encrypted with the first; older ones are still recognized. Required for `mail` and `passes`.
   */
  readonly secrets?: readonly string[];
  readonly mail?: MailOptions;
  readonly passes?: PassOptions;
  /** How often one network, and everybody together, may request a mail. */
  readonly mailLimits?: {
    readonly perAddress?: readonly Limit[];
    readonly global?: readonly Limit[];
  };
}

/** Checked and completed options. */
export interface ContactSettings extends Pick<ServiceSettings, 'secrets' | 'mail' | 'passes'> {
  readonly mailLimits: {readonly perAddress: readonly Limit[]; readonly global: readonly Limit[]};
}

type Expected = (what: string, received: unknown) => never;

const minute = 60_000;
const day = 24 * 60 * minute;

/** The longest life of a pass: a revoked one would otherwise stay valid for too long. */
const longestLife = 180 * day;

function checkMail(mail: MailOptions, site: string, expected: Expected): ContactSettings['mail'] {
  const {from, transport} = mail;
  const wanted = '`mail.from` to be an address, with or without a name before it';
  const [, quoted, address] = /^(?:"?([^"<>\r\n]*?)"?\s*<([^<>]+)>)$/.exec(from) ?? [];
  if (!readMailAddress(address ?? from)) expected(wanted, JSON.stringify(from));
  if (typeof transport === 'string') {
    const protocol = URL.canParse(transport) ? new URL(transport).protocol : '';
    // The URL may contain a password, so the message does not repeat it.
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
  const {keys, life = day, onceDays = 90, graceDays = 14, secondGift = 'allow'} = passes;
  if (!(keys as readonly PassKey[] | undefined)?.length)
    expected('`passes.keys` to hold at least one key from generatePassKey()', 'none');
  for (const key of keys.map(value => Object(value) as Partial<PassKey>))
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
  if (!['allow', 'ask'].includes(secondGift))
    expected('`passes.secondGift` to be allow or ask', JSON.stringify(secondGift));
  return {
    ...{keys, life},
    rules: {once: onceDays * day, grace: graceDays * day},
    asksBeforeSecond: secondGift === 'ask',
  };
}

/** Checks and completes the options. Reports errors through `expected`, which throws. */
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
        {max: 5, windowMs: 60 * minute},
        {max: 20, windowMs: day},
      ],
      global: mailLimits?.global ?? [{max: 300, windowMs: 60 * minute}],
    },
  };
}
