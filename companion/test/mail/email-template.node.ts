import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {ParsedMail} from 'mailparser';
import {messages as en} from '../../../src/locales/en.js';
import {composeLetter, type LetterParts} from '../../src/mail/email-template.js';
import {openMailer} from '../../src/mail/mailer.js';
import {fill, speak} from '../../src/mail/translations/index.js';
import {words as english} from '../../src/mail/translations/en.js';
import {filesIn} from '../../../test/package/run.js';
import {aMailbox, type Mailbox} from '../mailbox.js';

const locales = ['en', 'de', 'fr', 'es', 'ru', 'ar', 'it', 'nl', 'pl', 'pt-BR', 'tr', 'uk'];
const kinds = ['confirm', 'remind', 'restore'] as const;
const link = 'https://www.example.org/a?b=c&d=e';
const stop = 'https://www.example.org/reminders/token';

const aLetter = (changes: Partial<LetterParts> = {}): LetterParts => ({
  kind: 'confirm',
  spoken: speak('en'),
  site: 'The Harbour Post',
  link,
  stop,
  filling: {date: Date.UTC(2026, 10, 25, 8), minutesEast: 60, minutes: 30},
  ...changes,
});

/** Returns the names of all texts, at any depth. */
function namesOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, inner]) => namesOf(inner, `${at}.${name}`));
}

describe('mails', () => {
  let mailbox: Mailbox;
  before(async () => {
    mailbox = await aMailbox();
  });
  after(() => mailbox.stop());

  /** Parses a mail that was really sent. */
  async function received(parts: LetterParts): Promise<ParsedMail> {
    const send = openMailer('post@example.org', mailbox.url, 'www.example.org');
    const result = await send('reader@example.com', await composeLetter(parts), 'id');
    assert.deepEqual(result, {ended: 'sent'});
    return mailbox.mails.at(-1)!;
  }

  it('exist in every language of the widget', () => {
    const files = filesIn('src/locales')
      // English is split into two files in a folder of its own.
      .filter(path => path.split('/').length === 3)
      .map(path => /([\w-]+)\.ts$/.exec(path)?.[1] ?? '');
    assert.ok(Object.keys(en).length > 0);
    assert.deepEqual(files.sort(), [...locales].sort());
    for (const locale of locales) assert.equal(speak(locale).language, locale);
  });

  for (const locale of locales)
    for (const kind of kinds)
      it(`are complete: ${kind}, ${locale}`, async () => {
        const spoken = speak(locale);
        const mail = await received(aLetter({kind, spoken}));
        const html = String(mail.html);
        assert.deepEqual(namesOf(spoken.words), namesOf(english));
        assert.match(mail.subject ?? '', /The Harbour Post/);
        const text = mail.text ?? '';
        assert.ok(text.includes(link));
        assert.ok(html.includes(`href="${link.replaceAll('&', '&amp;')}"`));
        assert.match(
          html,
          new RegExp(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`),
        );
        // Text and HTML have the same content.
        for (const line of text.split('\n').filter(one => one && !/^--|^http/.test(one)))
          assert.ok(html.includes(line.replace(/:$/, '')), line);
        assert.doesNotMatch(`${mail.subject ?? ''}${text}${html}`, /\{\w+\}|undefined|\[object/);
        // Opening it fetches nothing and reports nothing.
        assert.doesNotMatch(
          html,
          /<(img|link|script|iframe|object|video|audio|source)\b|url\(|@import|\ssrc=/i,
        );
        assert.deepEqual(mail.attachments, []);
        const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
        assert.ok(links.every(href => href === link.replaceAll('&', '&amp;') || href === stop));
        assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
      });

  it('have headers for one-click unsubscribing', async () => {
    const mail = await received(aLetter());
    const lines = new Map(mail.headerLines.map(({key, line}) => [key, line]));
    assert.equal(lines.get('list-unsubscribe'), `List-Unsubscribe: <${stop}>`);
    assert.equal(
      lines.get('list-unsubscribe-post'),
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    );
    const spoken = speak('en');
    const restore = await composeLetter({kind: 'restore', spoken, site: 'The Post', link});
    assert.ok(!('List-Unsubscribe' in restore.headers));
  });

  it('give dates in the reader’s time zone', () => {
    const evening = Date.UTC(2026, 10, 24, 19);
    const say = (locale: string, minutesEast: number) =>
      fill('{date}', speak(locale), {date: evening, minutesEast});
    assert.equal(say('en', 0), 'November 24, 2026');
    assert.equal(say('en', 840), 'November 25, 2026');
    assert.equal(say('de', 840), '25. November 2026');
    assert.match(say('ar', 0), /^\u2068.*\u2069$/);
  });

  it('escape the publication’s name', async () => {
    const site = `<script>alert(1)</script> & "Post" {date}`;
    const mail = await received(aLetter({site}));
    assert.ok(mail.text?.includes(site));
    assert.doesNotMatch(String(mail.html), /<script/);
    assert.ok(String(mail.html).includes('&lt;script&gt;'));
  });

  const wishes: [string | null | undefined, string][] = [
    ['de-CH', 'de'],
    ['fr-CA,fr;q=0.9,en;q=0.5', 'fr'],
    ['en;q=0.5,ru;q=0.9', 'ru'],
    ['tlh,ar;q=0.1', 'ar'],
    ['pt', 'pt-BR'],
    ['pt-PT,pt;q=0.9', 'pt-BR'],
    ['PT_br', 'pt-BR'],
    ['nl-BE', 'nl'],
    ['xx,uk-UA;q=0.5,tr;q=0.4', 'uk'],
    ['zh-Hant', 'en'],
    ['constructor', 'en'],
    ['__proto__', 'en'],
    ['', 'en'],
    [null, 'en'],
    [undefined, 'en'],
    ['x'.repeat(100_000), 'en'],
  ];
  for (const [wish, language] of wishes)
    it(`are in ${language} given ${String(wish).slice(0, 30)}`, () => {
      assert.equal(speak(wish).language, language);
    });
});
