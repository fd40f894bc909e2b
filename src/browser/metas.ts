/** Reads what the page says about itself in its `<meta>` elements. */

/** Returns the contents of the `<meta>` elements of a name, in their order. */
export const metas = (name: string): string[] =>
  Array.from(
    document.querySelectorAll<HTMLMetaElement>(`meta[property="${name}"],meta[name="${name}"]`),
    meta => meta.content,
  );
