/** What may copy link to, and what may a value put into it? */

/** https, a host of plain ASCII with a dot, no user, no port, and no character that browsers read in two ways. */
export const safeUrl: RegExp =
  /^https:\/\/(?:[a-z\d-]+\.)+[a-z][a-z\d-]*(?:[/?#][\w.~:/?#[\]@!$&'*+,;=%-]*)?$/i;

/** The value of a placeholder, as text. */
export function copyValue(values: Readonly<Record<string, string>>, name: string): string {
  // Overrides and isolates of a value could reorder the words around it. Its marks only hold it together.
  return String(Object.hasOwn(values, name) ? values[name] : '').replace(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    '',
  );
}
