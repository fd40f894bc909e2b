/** Maps a page's language to the closest language of Stripe's pages. */

// `Checkout.SessionCreateParams.Locale` of the SDK, without `auto`.
const spoken =
  ' bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW ';

const elsewhere: Readonly<Record<string, string>> = {hi: 'hi-IN', nn: 'nb', no: 'nb', tl: 'fil'};

/** The regions of Latin American Spanish: the children of `es-419` in CLDR. */
const america = ' AR BO BR BZ CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE ';

const has = (list: string, word: string): boolean => list.includes(` ${word} `);

/**
 * Maps a BCP 47 tag to a value of Stripe's `locale`; `auto` (the browser's language) where Stripe has
 * none. Chinese is mapped by its script, which the region implies where the tag does not name it.
 */
export function stripeLocale(tag: string): string {
  try {
    const {language, region = '', script} = new Intl.Locale(tag.replaceAll('_', '-'));
    if (language === 'zh') {
      if (script ? script !== 'Hant' : !has(' HK MO TW ', region)) return 'zh';
      return has(' HK MO ', region) ? 'zh-HK' : 'zh-TW';
    }
    if (language === 'es' && has(america, region)) return 'es-419';
    const exact = `${language}-${region}`;
    if (has(spoken, exact)) return exact;
    if (has(spoken, language)) return language;
    return Object.hasOwn(elsewhere, language) ? (elsewhere[language] as string) : 'auto';
  } catch {
    return 'auto';
  }
}
