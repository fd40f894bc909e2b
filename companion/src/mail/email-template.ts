/** Composes a mail as plain text and as HTML without remote content or tracking. */

import {html as markup} from 'hono/html';
import type {MailKind} from './mail-tables.js';
import {fill, type Filling, type Spoken} from './translations/index.js';

/** The content of a mail. */
export interface LetterParts {
  readonly kind: MailKind;
  readonly spoken: Spoken;
  /** The name of the publication. */
  readonly site: string;
  /** The URL of the mail's only button. */
  readonly link: string;
  /** The URL that ends reminders: a page for people, one-click for mail programs (RFC 8058). */
  readonly stop?: string;
  readonly filling?: Filling;
}

/** A mail without sender and recipient. */
export interface ComposedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const style = `
body { margin: 0; padding: 24px 16px; background: #f6f5f2; color: #1c1f23; font: 17px/1.5 Georgia, serif; }
main { max-width: 34em; margin: 0 auto; padding: 24px; background: #fff; border-radius: 6px; }
.button { display: inline-block; padding: 12px 20px; border-radius: 4px; background: #1f4f8f; color: #fff; font-weight: bold; text-decoration: none; }
.small { color: #565d66; font-size: 14px; overflow-wrap: anywhere; }
.small a { color: #1f4f8f; }
`;

/** Composes a mail. Pure. Every value is plain text and is escaped in the HTML. */
export async function composeLetter(parts: LetterParts): Promise<ComposedLetter> {
  const {kind, spoken, site, link, stop, filling = {}} = parts;
  const {words, language, dir} = spoken;
  const {subject, text, button} = words[kind];
  const say = (one: string) => fill(one, spoken, {...filling, site});
  const why = say(kind === 'restore' ? words.why.restore : words.why.reminder);
  const lines = text.map(say);

  const plain = [
    ...lines,
    `${say(button)}:\n${link}`,
    '-- ',
    why,
    ...(stop === undefined ? [] : [`${words.stop}:\n${stop}`]),
  ].join('\n\n');

  const page = await markup`<!doctype html>
<html lang="${language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say(subject)}</title>
<style>${style}</style>
</head>
<body>
<main>
${lines.map(line => markup`<p>${line}</p>\n`)}
<p><a class="button" href="${link}">${say(button)}</a></p>
<p class="small" dir="ltr">${link}</p>
<p class="small">${why}${stop !== undefined && markup` <a href="${stop}">${words.stop}</a>`}</p>
</main>
</body>
</html>
`;
  return {
    subject: say(subject),
    text: `${plain}\n`,
    html: String(page),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(stop !== undefined && {
        'List-Unsubscribe': `<${stop}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  };
}
