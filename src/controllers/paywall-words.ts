import type {ReactiveControllerHost} from 'lit';
import {numberFormat} from '../core/money/money.js';
import {matchLanguage} from '../core/copy/match-language.js';
import {words as en, type PaywallWord, type PaywallWords} from '../locales/paywall/en.js';
import type {LocaleController} from './locale-controller.js';

const others: Readonly<Record<string, () => Promise<{readonly words: PaywallWords}>>> = {
  ar: () => import('../locales/paywall/ar.js'),
  de: () => import('../locales/paywall/de.js'),
  es: () => import('../locales/paywall/es.js'),
  fr: () => import('../locales/paywall/fr.js'),
  it: () => import('../locales/paywall/it.js'),
  nl: () => import('../locales/paywall/nl.js'),
  pl: () => import('../locales/paywall/pl.js'),
  pt: () => import('../locales/paywall/pt-BR.js'),
  ru: () => import('../locales/paywall/ru.js'),
  tr: () => import('../locales/paywall/tr.js'),
  uk: () => import('../locales/paywall/uk.js'),
};

const loading: Record<string, Promise<void> | undefined> = {};
const wordsByLanguage = new Map<string, PaywallWords>([['en', en]]);

/** What a paywall or a meter says, in the language that its elements speak; English until that comes. */
export function speakPaywall(
  host: ReactiveControllerHost,
  {language: spoken, locale}: LocaleController,
): (word: PaywallWord, values?: Readonly<Record<string, string | number>>) => string {
  // A site may have registered words for `de-CH`, which has none of its own here.
  const language = matchLanguage(spoken, ['en', ...Object.keys(others)]) ?? 'en';
  const words = wordsByLanguage.get(language) ?? en;
  if (!wordsByLanguage.has(language)) {
    // Everybody who speaks English until then is drawn anew, not the first alone.
    const load = (loading[language] ??= others[language]?.().then(loaded => {
      wordsByLanguage.set(language, loaded.words);
    }));
    load?.then(() => host.requestUpdate()).catch(() => undefined);
  }
  return (word, values = {}) => {
    const message = words[word];
    const text =
      typeof message === 'string'
        ? message
        : (message[new Intl.PluralRules(language).select(Number(values['count']))] ??
          message.other);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? '';
      return typeof value === 'number' ? numberFormat(locale, {}).format(value) : value;
    });
  };
}
