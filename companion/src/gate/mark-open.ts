/** Writes a decision to the elements of a page that is sent as it came, without parsing it. */

const utf8 = new TextEncoder();

/** The elements that show a decision. */
const tags = ['support-paywall', 'support-meter'].map(name => utf8.encode(`<${name}`));
const longest = Math.max(...tags.map(({length}) => length));

const isTagEnd = (byte: number): boolean =>
  // A space, a line feed, a tab, a form feed, `/` or `>` ends the name of a tag.
  [0x20, 0x0a, 0x0d, 0x09, 0x0c, 0x2f, 0x3e].includes(byte);

const lower = (byte: number | undefined): number | undefined =>
  byte !== undefined && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;

const stands = (tag: Uint8Array, bytes: Uint8Array, at: number): boolean =>
  tag.every((byte, index) => lower(bytes[at + index]) === byte);

/** Whether the end of the bytes may be the beginning of a tag. */
const mayBegin = (bytes: Uint8Array, at: number): boolean =>
  tags.some(tag => bytes.subarray(at).every((byte, index) => lower(byte) === tag[index]));

/** Formats attributes without quotation marks where it can, as the tag may stand in a text of a script. */
function sourceOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      if (value === '') return ` ${name}`;
      return /^[\w.-]+$/.test(value)
        ? ` ${name}=${value}`
        : ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
    })
    .join('');
}

/**
 * Returns a stream that puts attributes first into every `<support-paywall>` and `<support-meter>`, where
 * they win over later ones of the same name. Every other byte passes as it is, in any encoding that has ASCII.
 */
export function markTags(
  attributes: Readonly<Record<string, string>>,
): TransformStream<Uint8Array, Uint8Array> {
  const insert = utf8.encode(sourceOf(attributes));
  let kept = new Uint8Array();

  return new TransformStream({
    transform(chunk, controller) {
      const bytes = new Uint8Array(kept.length + chunk.length);
      bytes.set(kept);
      bytes.set(chunk, kept.length);
      let sent = 0;
      for (let at = bytes.indexOf(0x3c); at >= 0; at = bytes.indexOf(0x3c, at + 1)) {
        const tag = tags.find(name => stands(name, bytes, at));
        const end = at + (tag?.length ?? 0);
        const next = bytes[end];
        if (!tag || next === undefined || !isTagEnd(next)) continue;
        controller.enqueue(bytes.slice(sent, end));
        controller.enqueue(insert);
        sent = end;
      }
      // Only what may be the beginning of a tag waits for the next bytes.
      let wait = bytes.length;
      for (let at = Math.max(sent, bytes.length - longest); at < bytes.length; at++) {
        if (bytes[at] !== 0x3c || !mayBegin(bytes, at)) continue;
        wait = at;
        break;
      }
      if (wait > sent) controller.enqueue(bytes.slice(sent, wait));
      kept = bytes.slice(wait);
    },
    flush(controller) {
      if (kept.length > 0) controller.enqueue(kept);
    },
  });
}
