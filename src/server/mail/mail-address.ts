/** Is this text one e-mail address, and how is it written? */

/** An address as mail is sent to it. */
export interface MailAddress {
  /** With the name as it was typed and the domain in ASCII. */
  readonly address: string;
  /** What two spellings of one mailbox have in common; this is what is hashed. */
  readonly key: string;
}

const longest = 254;
const longestName = 64;

// RFC 5322 dot-atom. Quoted names and comments are legal, unused, and have broken many a mailer.
const name = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const label = /^(?!-)[a-z\d-]{1,63}(?<!-)$/;

/** Unicode domains become ASCII as a browser makes them so. */
function asciiDomain(domain: string): string | undefined {
  // What a URL would take for something other than a host name.
  if (/[\s/\\?#@:[\]%]/.test(domain)) return undefined;
  const url = `http://${domain}`;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const labels = host.split('.');
  const isName = labels.length > 1 && labels.every(one => label.test(one));
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') ? host : undefined;
}

/** Reads exactly one address: no list, no display name, no control character. */
export function readMailAddress(text: unknown): MailAddress | undefined {
  // A URL would drop control characters at its end without a word.
  if (typeof text !== 'string' || text.length > longest + 50 || /\p{Cc}/u.test(text))
    return undefined;
  const typed = text.normalize('NFC').replace(/^ +| +$/g, '');
  const at = typed.lastIndexOf('@');
  const mailbox = typed.slice(0, Math.max(at, 0));
  const domain = asciiDomain(typed.slice(at + 1));
  if (!domain || mailbox.length > longestName || !name.test(mailbox)) return undefined;
  const address = `${mailbox}@${domain}`;
  if (address.length > longest) return undefined;
  // In theory names may differ by case; in practice readers type theirs in either.
  return {address, key: address.toLowerCase()};
}
