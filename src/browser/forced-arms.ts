/** Reads the arms that the page's address forces for a preview. */

/** Returns arms by experiment, from `?support-arm=autumn-appeal:plain-words`; may be given several times. */
export function forcedArms(search: string = location.search): ReadonlyMap<string, string> {
  const all = new URLSearchParams(search).getAll('support-arm');
  return new Map(
    all.map(text => {
      const at = text.indexOf(':');
      return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
