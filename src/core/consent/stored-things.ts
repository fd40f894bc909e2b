/** Lists what reader-support can store in a reader's browser, for which purpose and how long. */

/** One key or cookie. */
export interface StoredThing {
  readonly where: 'local-storage' | 'cookie';
  readonly key: string;
  /** Who writes it: a script of the page, or the companion or the gate in a response. */
  readonly by: 'page' | 'companion' | 'gate';
  readonly purpose: string;
  /** When it is written. */
  readonly written: string;
  /** Whether it requires the reader's `consent`. */
  readonly consent: boolean;
  /** How many days it is kept after the last write; absent where it does not expire. */
  readonly days?: number;
  /** The lifetime in words. */
  readonly lifetime: string;
  /** Its parts, where there are several. */
  readonly holds?: readonly StoredPart[];
}

/** A part of a record. */
export interface StoredPart {
  readonly name: string;
  readonly purpose: string;
  readonly consent: boolean;
  readonly lifetime: string;
}

const untilErased =
  'until the reader clears what the site has stored; Safari does so after seven days of use without a visit';

/**
 * Returns everything that can be stored on a site that uses all of reader-support. With `isSecure`,
 * cookies that scripts cannot read have the `__Host-` prefix, which requires HTTPS.
 */
export function storedThings(isSecure = true): readonly StoredThing[] {
  const host = isSecure ? '__Host-' : '';
  return [
    {
      where: 'local-storage',
      key: 'support:reader',
      by: 'page',
      purpose:
        'to ask seldom, and not at all when told not to; to count free articles of a paywall',
      written:
        'when the reader closes an appeal, asks for a reminder or has given; when a metered article opens; with consent, when an appeal was seen or an article read',
      consent: false,
      lifetime: untilErased,
      holds: [
        {
          name: 'closes',
          purpose: 'the quiet a reader asked for, and how long the next one is',
          consent: false,
          lifetime: 'the last 50; no quiet lasts longer than 400 days',
        },
        {
          name: 'supported',
          purpose: 'not to ask somebody who has given',
          consent: false,
          lifetime: 'the last gift; it counts for 400 days at most',
        },
        {
          name: 'meter',
          purpose: 'how many free articles were read: a day and a hash for each',
          consent: false,
          lifetime: '31 days, at most 100',
        },
        {
          name: 'views',
          purpose: 'not to ask too often',
          consent: true,
          lifetime: 'the last 50, or until consent is withdrawn',
        },
        {
          name: 'read',
          purpose: 'how many articles were read lately: a day and a hash for each',
          consent: true,
          lifetime: '31 days, at most 100, or until consent is withdrawn',
        },
      ],
    },
    {
      where: 'local-storage',
      key: 'support:experiments',
      by: 'page',
      purpose:
        'to show a reader the same version each time, and to tell which one a gift came from',
      written: 'with consent, when a campaign is due in a file that has experiments or a holdback',
      consent: true,
      lifetime:
        'thirty days after the planned end of each experiment, or until consent is withdrawn',
    },
    {
      where: 'cookie',
      key: 'support-reader',
      by: 'companion',
      purpose:
        'to keep the quiet a reader asked for where a browser deletes what scripts have stored',
      written:
        'when the reader closes an appeal, asks for a reminder or has given, if the site keeps it so',
      consent: false,
      days: 400,
      lifetime: '400 days after the last change',
    },
    {
      where: 'cookie',
      key: `${host}support-pass`,
      by: 'companion',
      purpose: 'to let a supporter in',
      written: 'when the reader has given, or lets a device in by a mail',
      consent: false,
      days: 180,
      lifetime: '180 days after it was last renewed',
    },
    {
      where: 'cookie',
      key: 'support-hint',
      by: 'companion',
      purpose: 'not to ask a supporter; it opens nothing',
      written: 'together with the pass',
      consent: false,
      days: 180,
      lifetime: '180 days after the pass was last renewed',
    },
    {
      where: 'cookie',
      key: `${host}support-claim`,
      by: 'companion',
      purpose: 'to give the pass to the browser that has paid, and to no other',
      written: 'when the reader goes to pay',
      consent: false,
      days: 1,
      lifetime: 'one day, or until the pass is there',
    },
    {
      where: 'cookie',
      key: `${host}support-meter`,
      by: 'gate',
      purpose: 'to count free articles where the server keeps the text back',
      written: 'when a metered article opens',
      consent: false,
      days: 31,
      lifetime: '31 days after the last article',
    },
  ];
}
