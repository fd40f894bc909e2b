/** Decides whether an address belongs to a network, such as an institution's or a search engine's. */

/** Returns the bytes of an IPv4 or IPv6 address, or `undefined`. IPv4 mapped into IPv6 counts as IPv4. */
export function bytesOf(address: string): readonly number[] | undefined {
  const plain = address
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
    .toLowerCase();
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(plain);
  if (v4) {
    const bytes = v4.slice(1).map(Number);
    return bytes.every(byte => byte < 256) ? bytes : undefined;
  }
  const halves = plain.split('::');
  if (halves.length > 2 || !/^[\da-f:]+$/.test(plain)) return undefined;
  const [head = [], tail = []] = halves.map(half => (half ? half.split(':') : []));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (groups.some(group => !/^[\da-f]{1,4}$/.test(group))) return undefined;
  const bytes = groups.flatMap(group => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
  const isMapped =
    bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return isMapped ? bytes.slice(12) : bytes;
}

/** A parsed network. */
export interface Network {
  readonly bytes: readonly number[];
  readonly bits: number;
}

/** Parses `192.0.2.0/24`, `2001:db8::/32` or a single address. Throws a `TypeError` on anything else. */
export function parseNetwork(text: string): Network {
  const [address = '', length, more] = text.split('/');
  const bytes = bytesOf(address);
  const most = (bytes?.length ?? 0) * 8;
  const bits = length === undefined ? most : Number(/^\d{1,3}$/.test(length) ? length : NaN);
  if (!bytes || more !== undefined || !(bits <= most))
    throw new TypeError(
      `expected a network such as 192.0.2.0/24 but received ${JSON.stringify(text)}`,
    );
  return {bytes, bits};
}

/** Whether an address lies in a network. An invalid address lies in none. */
export function isInNetwork(address: string | undefined, {bytes, bits}: Network): boolean {
  const own = address === undefined ? undefined : bytesOf(address);
  if (own?.length !== bytes.length) return false;
  return bytes.every((byte, at) => {
    const maskBits = Math.min(Math.max(bits - at * 8, 0), 8);
    const mask = (0xff << (8 - maskBits)) & 0xff;
    return (byte & mask) === ((own[at] ?? 0) & mask);
  });
}
