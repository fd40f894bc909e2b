/** Which of Stripe's languages is nearest to the page's? */

const supported = new Set(
  'bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
    ' ',
  ),
);

// What a plain truncation would get wrong.
const nearest: Readonly<Record<string, string>> = {
  no: 'nb',
  nn: 'nb',
  hi: 'hi-IN',
  tl: 'fil',
  'zh-Hant': 'zh-TW',
  'zh-Hant-HK': 'zh-HK',
  'zh-MO': 'zh-HK',
};

const latinAmerica = new Set(
  'AR BO CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE'.split(' '),
);

/** Maps a BCP 47 tag to Stripe's list; `auto`, the reader's browser, when nothing is near. */
export function stripeLocale(tag: string): string {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(tag.replaceAll('_', '-'));
  } catch {
    return 'auto';
  }
  const {language, region, script} = locale;
  if (language === 'es' && region && latinAmerica.has(region)) return 'es-419';
  const candidates = [
    [language, script, region],
    [language, region],
    [language, script],
    [language],
  ].map(parts => parts.filter(Boolean).join('-'));
  for (const candidate of candidates) {
    if (supported.has(candidate)) return candidate;
    if (Object.hasOwn(nearest, candidate)) return nearest[candidate] ?? 'auto';
  }
  return 'auto';
}
