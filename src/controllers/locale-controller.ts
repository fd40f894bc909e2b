import {isServer, type ReactiveController, type ReactiveControllerHost} from 'lit';
import {page} from '../browser/page.js';
import {numberFormat} from '../core/money/money.js';
import {ownProperties} from '../core/own-properties.js';
import {matchLanguage} from '../core/copy/match-language.js';
import {messages as en, type MessageKey, type Messages} from '../locales/en.js';

export {registerLocale} from '../browser/register-locale.js';

/** What fills placeholders: numbers and dates are written as the language writes them. */
export type MessageValues = Readonly<Record<string, string | number | Date>>;

type Loader = () => Promise<{readonly messages: Messages}>;

// Lit types it as `false`, since it is that in a browser.
const onServer: boolean = isServer;

const words = new Map<string, Partial<Messages> | Loader>([
  ['en', en],
  ['ar', () => import('../locales/ar.js')],
  ['de', () => import('../locales/de.js')],
  ['es', () => import('../locales/es.js')],
  ['fr', () => import('../locales/fr.js')],
  ['it', () => import('../locales/it.js')],
  ['nl', () => import('../locales/nl.js')],
  ['pl', () => import('../locales/pl.js')],
  // Other Portuguese than Brazil's reads these words too, under its own name.
  ['pt', () => import('../locales/pt-BR.js')],
  ['pt-BR', () => import('../locales/pt-BR.js')],
  ['ru', () => import('../locales/ru.js')],
  ['tr', () => import('../locales/tr.js')],
  ['uk', () => import('../locales/uk.js')],
]);

/** How long nothing is shown for want of a language, in milliseconds. Then it is English until it comes. */
const timeoutMs = 2000;

/** Takes over what the site has registered, in whatever copy of the library. */
function takeRegistered(): void {
  for (const [tag, messages] of page().locales ?? []) {
    words.set(canonical(tag), ownProperties(messages));
  }
}

/** The tag as BCP 47 writes it, `pt-BR` for `pt_br.UTF-8`; empty for what is none. */
function canonical(tag: string): string {
  try {
    const [plain = ''] = tag.replaceAll('_', '-').split(/[.@]/);
    return Intl.getCanonicalLocales(plain)[0] ?? '';
  } catch {
    return '';
  }
}

/**
 * Writes a value as the language does. Not by `toLocaleString()`, which a page may have replaced, and
 * which turns a text into "[object String]" in a page that is locked down.
 */
function written(value: string | number | Date, locale: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberFormat(locale, {}).format(value);
  const options = ownProperties<Intl.DateTimeFormatOptions>({dateStyle: 'long'});
  // A date that is none cannot be written.
  return isNaN(+value) ? '' : new Intl.DateTimeFormat(locale, options).format(value);
}

/** Finds the page's language around its host, and speaks it. */
export class LocaleController implements ReactiveController {
  /** The language of the words: for `lang`. */
  language = 'en';

  /** The page's BCP 47 tag, for amounts, whether or not there are words for it. */
  locale = 'en';

  readonly #host: ReactiveControllerHost & HTMLElement;
  #messages: Partial<Messages> | undefined;
  #observer: MutationObserver | undefined;
  #wanted: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listen();
    if (!('MutationObserver' in globalThis)) return;
    this.#observer = new MutationObserver(() => this.#listen());
    this.#observer.observe(document.documentElement, {attributeFilter: ['lang']});
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  /** Whether there are words to render. The host is updated when there are. */
  get ready(): boolean {
    // A server calls no lifecycle.
    if (onServer) this.#listen();
    return !!this.#messages;
  }

  /** The direction of the language: for `dir`. */
  get dir(): 'ltr' | 'rtl' {
    return /^(ar|fa|he|ps|ur|yi)\b/.test(this.language) ? 'rtl' : 'ltr';
  }

  /**
   * The words for a key; none for what is no key. `{count}` picks the plural; values are isolated in
   * right-to-left text.
   */
  readonly t = (key: MessageKey, values: MessageValues = {}): string => {
    const message = this.#messages?.[key] ?? (en as Partial<Messages>)[key] ?? '';
    // Where the words are not the page's language, numbers in them follow the words.
    const locale = this.locale.startsWith(this.language) ? this.locale : this.language;
    const text =
      typeof message === 'string'
        ? message
        : (message[new Intl.PluralRules(locale).select(values['count'] as number)] ??
          message.other);
    return text.replace(/{(\w+)}/g, (_, name: string) => {
      const shown = written(values[name] ?? '', locale);
      return this.dir === 'rtl' ? `\u2068${shown}\u2069` : shown;
    });
  };

  #listen() {
    const tag = canonical(languageAround(this.#host));
    if (tag === this.#wanted) return;
    this.#wanted = tag;
    takeRegistered();
    const language = matchLanguage(tag, [...words.keys()]) ?? 'en';
    const speak = (spoken: string) => {
      const messages = words.get(spoken);
      if (tag !== this.#wanted || typeof messages === 'function') return;
      this.language = spoken;
      this.locale = tag || spoken;
      this.#messages = messages;
      this.#host.requestUpdate();
    };
    const load = words.get(language);
    if (typeof load !== 'function') return speak(language);
    if (onServer) return speak('en');
    // The words on show stay until the new ones are here.
    setTimeout(() => this.#messages || speak('en'), timeoutMs);
    void load().then(
      ({messages}) => {
        takeRegistered();
        if (words.get(language) === load) words.set(language, messages);
        speak(language);
      },
      () => speak('en'),
    );
  }
}

/** The `lang` a page states nearest around an element, across shadow roots. */
function languageAround(element: Element): string {
  if (onServer) return element.getAttribute('lang') ?? '';
  const parent = element.parentNode;
  const around = parent instanceof ShadowRoot ? parent.host : parent;
  // Step by step: libraries put functions of their own in the place of `closest()`.
  return element.getAttribute('lang') ?? (around instanceof Element ? languageAround(around) : '');
}
