/** Restricts what copy may link to, and sanitizes placeholder values. */

/** https, an ASCII host with a dot, no user, no port, and no character that browsers interpret differently. */
export const safeUrl: RegExp =
  /^https:\/\/(?:[a-z\d-]+\.)+[a-z][a-z\d-]*(?:[/?#][\w.~:/?#[\]@!$&'*+,;=%-]*)?$/i;

/** Returns the value of a placeholder as text. */
export function copyValue(values: Readonly<Record<string, string>>, name: string): string {
  // Bidi overrides and isolates in a value could reorder the text around it; bidi marks cannot.
  return String(Object.hasOwn(values, name) ? values[name] : '').replace(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    '',
  );
}
