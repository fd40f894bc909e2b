/** Escapes text in the pages that the fake serves. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that needs no more escaping. */
export interface Markup {
  readonly markup: string;
}

/** Builds markup from a template. Values are escaped, unless they are markup themselves. */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Markup | readonly Markup[] | undefined | false)[]
): Markup {
  const text = (value: (typeof values)[number]): string => {
    if (value === undefined || value === false) return '';
    if (typeof value === 'string' || typeof value === 'number')
      return String(value).replace(/[&<>"']/g, sign => entities[sign] ?? '');
    return 'markup' in value ? value.markup : value.map(inner => inner.markup).join('');
  };
  return {markup: parts.reduce((all, part, at) => all + text(values[at - 1]) + part)};
}
