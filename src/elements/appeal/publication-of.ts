/** Names the publication that asks. */

/** Returns the name that the appeal was given, else that of the page. A server does not know the page. */
export const publicationOf = ({publication}: {readonly publication: string | undefined}): string =>
  publication ??
  (globalThis as Partial<typeof globalThis>).document?.querySelector<HTMLMetaElement>(
    'meta[property="og:site_name"]',
  )?.content ??
  '';
