/** Renders the companion's own pages for readers: a sentence, a button, no script, no external resources. */

// Imported as `html`, the formatter would put spaces around the style and change its hash.
import {html as markup, raw} from 'hono/html';
import {accentStyle, type PageBrand} from './page-brand.js';

/** A page of the companion. */
export interface ReaderPage {
  readonly spoken: {readonly language: string; readonly dir: string};
  /** The name of the publication. */
  readonly site: string;
  readonly brand: PageBrand;
  readonly title: string;
  readonly text: string;
  readonly status?: number;
  /** A form that posts to the page's own URL, or to `action`. */
  readonly form?: {
    readonly action?: string;
    /** Adds a field for an e-mail address with this label. */
    readonly label?: string;
    readonly buttons: readonly {readonly act: string; readonly text: string}[];
    /** Whether its response may redirect to another origin. */
    readonly leadsAway?: boolean;
  };
  readonly link?: {readonly href: string; readonly text: string};
  readonly cookies?: readonly string[];
}

const style = `
:root { color-scheme: light dark; --ink: #1c1f23; --paper: #fff; --deep: #1f4f8f; --on-deep: #fff; --line: #767c84; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae6; --paper: #17191c; --deep: #a9c8f5; --on-deep: #10223a; --line: #8b929a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.5 Georgia, serif; }
main { max-inline-size: 32rem; margin: clamp(1.5rem, 12vh, 7rem) auto; padding-inline: 1.25rem; overflow-wrap: anywhere; }
.logo { display: block; max-inline-size: 100%; max-block-size: 4.5rem; margin-block-end: .75rem; }
.site { margin: 0; color: var(--line); font-size: 1rem; }
h1 { margin: .25rem 0 1rem; font-size: 1.75rem; line-height: 1.25; }
form { display: grid; gap: .75rem; justify-items: start; margin-block: 1.5rem; }
label { display: grid; gap: .25rem; inline-size: 100%; }
input, button { min-block-size: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .25rem; background: none; color: inherit; font: inherit; }
button { cursor: pointer; }
button:first-of-type { border-color: var(--deep); background: var(--deep); color: var(--on-deep); font-weight: 700; }
a { color: var(--deep); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
`;

/** Returns the hash of a style sheet for the Content Security Policy. */
async function hashOf(style: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

function formOf({action, label, buttons}: NonNullable<ReaderPage['form']>) {
  return markup`<form method="post"${action !== undefined && markup` action="${action}"`}>
${
  label !== undefined &&
  markup`<label>${label} <input type="email" name="email" required maxlength="254" autocomplete="email" dir="ltr"></label>`
}
${buttons.map(({act, text}) => markup`<button name="act" value="${act}">${text}</button>\n`)}
</form>`;
}

/** Renders a page. All values are plain text and are escaped. */
export async function readerPage(page: ReaderPage): Promise<Response> {
  const {spoken, site, brand, title, text, status = 200, form, link, cookies = []} = page;
  const ownStyle = style + accentStyle(brand);
  const policy = [
    `default-src 'none'`,
    `style-src 'sha256-${await hashOf(ownStyle)}'`,
    ...(brand.logo === undefined ? [] : [`img-src ${new URL(brand.logo).origin}`]),
    // `form-action` also covers the target of a form's redirect.
    `form-action 'self'${form?.leadsAway ? ' https:' : ''}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  const body = await markup`<!doctype html>
<html lang="${spoken.language}" dir="${spoken.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(ownStyle)}</style>
</head>
<body>
<main>
${
  brand.logo !== undefined &&
  // The page's address holds a token.
  markup`<img class="logo" src="${brand.logo}" alt="" referrerpolicy="no-referrer">`
}
<p class="site">${site}</p>
<h1>${title}</h1>
<p>${text}</p>
${form && formOf(form)}
${link && markup`<p><a href="${link.href}">${link.text}</a></p>`}
</main>
</body>
</html>
`;
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
    // The URLs of these pages contain tokens, so no other site may see them. The companion itself must,
    // or forms would be sent without an origin.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(String(body), {status, headers});
}
