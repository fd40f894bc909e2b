/** Reads what the page says about itself in its `<meta>` elements. */

/** Returns the contents of the `<meta>` elements of a name, in their order. */
export const metas = (name: string): string[] =>
  // Not `Array.from()`, in whose place old libraries put one that maps nothing.
  [
    ...document.querySelectorAll<HTMLMetaElement>(`meta[property="${name}"],meta[name="${name}"]`),
  ].map(meta => meta.content);
