/** Which of the languages Stripe's pages speak is a reader's? */

const spoken =
  ' bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW ';

const speaks = (tag: string): boolean => spoken.includes(` ${tag} `);

const elsewhere: Readonly<Record<string, string>> = {hi: 'hi-IN', nn: 'nb', no: 'nb', tl: 'fil'};

/** Maps a BCP 47 tag to a value of Stripe's `locale`; `auto` (the browser's) where Stripe has none. */
export function stripeLocale(locale: string): string {
  try {
    const {language, region = '', script} = new Intl.Locale(locale.replaceAll('_', '-'));
    const exact = `${language}-${region}`;
    if (speaks(exact)) return exact;
    // Written Chinese goes by script; Spanish outside Spain is Latin American.
    if (language === 'zh' && script === 'Hant') return 'zh-TW';
    if (language === 'es' && region && region !== 'ES') return 'es-419';
    if (speaks(language)) return language;
    return Object.hasOwn(elsewhere, language) ? (elsewhere[language] as string) : 'auto';
  } catch {
    return 'auto';
  }
}
