/** How is text put into a page that the double serves? Always as text. */

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

/** A template of markup: whatever is put into it is text, unless it is markup itself. */
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
