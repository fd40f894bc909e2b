import {isServer, type ReactiveController, type ReactiveControllerHost} from 'lit';
import {messages as en, type Message, type MessageKey, type Messages} from '../locales/en.js';

/** What fills placeholders: numbers and dates are written as the language writes them. */
export type MessageValues = Readonly<Record<string, string | number | Date>>;

// Lit types it as `false`, since it is that in a browser.
const onServer: boolean = isServer;

const registered = new Map<string, Partial<Messages>>([['en', en]]);

const loaders = new Map<string, () => Promise<{readonly messages: Messages}>>([
  ['ar', () => import('../locales/ar.js')],
  ['de', () => import('../locales/de.js')],
  ['es', () => import('../locales/es.js')],
  ['fr', () => import('../locales/fr.js')],
  ['ru', () => import('../locales/ru.js')],
]);

/** How long nothing is shown for want of a language, in milliseconds. Then it is English until it comes. */
const patience = 2000;

/**
 * Gives the elements the words of a language, from now on: one that the package lacks, or words of the
 * site's own. What is left out is English. A server that renders the elements, and the page that takes
 * them over, register the page's language first; then no moment passes without words.
 */
export function registerLocale(tag: string, messages: Partial<Messages>): void {
  registered.set(tag.toLowerCase(), messages);
}

/** Finds the page's language around its host, and speaks it. */
export class LocaleController implements ReactiveController {
  /** The language of the words: for `lang`. */
  language = 'en';

  /** The page's BCP 47 tag, for numbers and amounts, whether or not there are words for it. */
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
    return /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(this.language) ? 'rtl' : 'ltr';
  }

  /** The words for a key. `{count}` picks the plural; values are isolated in right-to-left text. */
  readonly t = (key: MessageKey, values: MessageValues = {}): string => {
    const message: Message = this.#messages?.[key] ?? en[key];
    // Where the words are not the page's language, numbers in them follow the words.
    const locale = this.locale.startsWith(this.language) ? this.locale : this.language;
    const text =
      typeof message === 'string'
        ? message
        : (message[new Intl.PluralRules(locale).select(values['count'] as number)] ??
          message.other);
    return text.replace(/{(\w+)}/g, (_, name: string) => {
      const value = values[name] ?? '';
      const shown =
        typeof value === 'number'
          ? new Intl.NumberFormat(locale).format(value)
          : typeof value === 'string'
            ? value
            : new Intl.DateTimeFormat(locale, {dateStyle: 'long'}).format(value);
      return this.dir === 'rtl' ? `\u2068${shown}\u2069` : shown;
    });
  };

  #listen() {
    const tag = languageOf(this.#host);
    if (tag === this.#wanted) return;
    this.#wanted = tag;
    const language = negotiate(tag);
    const speak = (spoken: string) => {
      if (tag !== this.#wanted) return;
      this.language = spoken;
      this.locale = tag || spoken;
      this.#messages = registered.get(spoken) ?? en;
      this.#host.requestUpdate();
    };
    if (onServer || registered.has(language))
      return speak(registered.has(language) ? language : 'en');
    // The words on show stay until the new ones are here.
    const late = setTimeout(() => this.#messages || speak('en'), patience);
    void loaders
      .get(language)?.()
      .then(
        ({messages}) => {
          if (!registered.has(language)) registered.set(language, messages);
          speak(language);
        },
        () => speak('en'),
      )
      .finally(() => clearTimeout(late));
  }
}

/** The language a page states nearest around an element, across shadow roots; empty when it is no BCP 47 tag. */
function languageOf(element: Element): string {
  let tag: string | null | undefined;
  if (onServer) {
    tag = element.getAttribute('lang');
  } else {
    for (let root: Node, at: Element | undefined = element; at && tag == null;) {
      tag = at.closest('[lang]')?.getAttribute('lang');
      root = at.getRootNode();
      at = root instanceof ShadowRoot ? root.host : undefined;
    }
  }
  try {
    return Intl.getCanonicalLocales(tag?.replaceAll('_', '-') ?? [])[0] ?? '';
  } catch {
    return '';
  }
}

/** The language to speak for a tag: `de` for `de-AT`, and English for what nobody here speaks. */
function negotiate(tag: string): string {
  for (
    let rest = tag.toLowerCase();
    rest;
    rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')))
  ) {
    if (registered.has(rest) || loaders.has(rest)) return rest;
  }
  return 'en';
}
