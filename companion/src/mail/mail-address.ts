/** Parses and normalizes a single e-mail address. */

/** A parsed address. */
export interface MailAddress {
  /** The address to send to: the local part as typed, the domain in ASCII. */
  readonly address: string;
  /** The same for every spelling of one mailbox; this is what is hashed. */
  readonly key: string;
}

const longest = 254;
const longestName = 64;

// RFC 5322 dot-atom. Quoted local parts and comments are legal, but unused and risky for mailers.
const name = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const label = /^(?!-)[a-z\d-]{1,63}(?<!-)$/;

/** Converts a Unicode domain to ASCII as browsers do. */
function asciiDomain(domain: string): string | undefined {
  // Characters that a URL would not read as part of the host name.
  if (/[\s/\\?#@:[\]%]/.test(domain)) return undefined;
  const url = `http://${domain}`;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const labels = host.split('.');
  const isName = labels.length > 1 && labels.every(text => label.test(text));
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') ? host : undefined;
}

/** Parses exactly one address: no list, no display name, no control characters. */
export function readMailAddress(text: unknown): MailAddress | undefined {
  // A URL would silently drop control characters at its end.
  if (typeof text !== 'string' || text.length > longest + 50 || /\p{Cc}/u.test(text))
    return undefined;
  const typed = text.normalize('NFC').replace(/^ +| +$/g, '');
  const at = typed.lastIndexOf('@');
  const mailbox = typed.slice(0, Math.max(at, 0));
  const domain = asciiDomain(typed.slice(at + 1));
  if (!domain || mailbox.length > longestName || !name.test(mailbox)) return undefined;
  const address = `${mailbox}@${domain}`;
  if (address.length > longest) return undefined;
  // Local parts are case-sensitive in theory; in practice readers type theirs in either case.
  return {address, key: address.toLowerCase()};
}

/** Hosts at which dots in a name mean nothing, and whose names are one. */
const dotless: Readonly<Record<string, string>> = {
  'gmail.com': 'gmail.com',
  'googlemail.com': 'gmail.com',
};

/**
 * Returns the mailbox that an address's key leads to, for counting: without a tag (`+news`), and at Gmail without
 * dots. Mail still goes to the address as it was typed.
 */
export function mailboxOf(key: string): string {
  const at = key.lastIndexOf('@');
  const host = key.slice(at + 1);
  const untagged = key.slice(0, at).replace(/(?<=.)\+.*$/, '');
  const gmail = Object.hasOwn(dotless, host) ? dotless[host] : undefined;
  return gmail ? `${untagged.replaceAll('.', '')}@${gmail}` : `${untagged}@${host}`;
}
