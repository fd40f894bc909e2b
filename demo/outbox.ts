/** Renders the demo's unsent mails as text with working links. */

import {html as markup} from 'hono/html';
import type {OutgoingMail} from '../companion/src/companion.js';

/** Renders the plain text of a mail with its URLs as links. */
function linked(text: string) {
  return text
    .split(/(https?:\/\/\S+)/)
    .map(part => (/^https?:/.test(part) ? markup`<a href="${part}">${part}</a>` : part));
}

/** Renders all mails as a list. */
export async function mailsAsHtml(mails: readonly OutgoingMail[]): Promise<string> {
  if (!mails.length) return '<p>No mail has been written yet.</p>';
  return String(
    await markup`<ol class="mails">${mails.map(
      ({to, from, subject, text}) => markup`<li>
<h2>${subject}</h2>
<p><span>From ${from}</span><br><span>To <b>${to}</b></span></p>
<pre dir="auto">${linked(text)}</pre>
</li>`,
    )}</ol>`,
  );
}
