/** Gives the companion's own pages the name, the logo and the colour of the site. */

/** How the site looks. */
export interface PageBrand {
  /** The name of the publication. Default: the name of `mail`, otherwise the site's host. */
  readonly name?: string;
  /** A picture of the site's own, such as `/logo.svg`: three lines of text high at most. */
  readonly logo?: string;
  /** The colour of the main button, such as `#8a1f1f`. Its text is black or white, as it can be read. */
  readonly accent?: string;
}

/** Checks a brand; `expected` throws. Returns it with the logo's whole address. */
export function checkBrand(
  brand: PageBrand | undefined,
  site: string,
  expected: (what: string, received: string) => never,
): PageBrand {
  const {name, logo, accent} = brand ?? {};
  if (name !== undefined && (!name.trim() || /\p{Cc}/u.test(name)))
    expected('`brand.name` to be a name on one line', JSON.stringify(name));
  if (accent !== undefined && !/^#[\da-f]{6}$/i.test(accent))
    expected('`brand.accent` to be a colour such as #8a1f1f', accent);
  const address = logo === undefined || !URL.canParse(logo, site) ? undefined : new URL(logo, site);
  if (logo !== undefined && address?.origin !== site)
    expected('`brand.logo` to be a picture of the site, such as /logo.svg', logo);
  return {
    ...(name !== undefined && {name: name.trim()}),
    ...(accent !== undefined && {accent}),
    ...(address && {logo: address.href}),
  };
}

/** The relative luminance of a colour, from 0 to 1 (WCAG 2). */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(at => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Returns the style of an accent, which links do without, as they stand on light and dark. */
export function accentStyle({accent}: PageBrand): string {
  if (accent === undefined) return '';
  // Where black and white are equally far from it.
  const ink = luminanceOf(accent) > 0.179 ? '#000' : '#fff';
  return `button:first-of-type { border-color: var(--line); background: ${accent}; color: ${ink}; }
a { color: inherit; }
`;
}
