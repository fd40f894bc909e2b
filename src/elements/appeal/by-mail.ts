/** Renders the form that sends a reminder by e-mail. Fetched once a reader has picked a day, where the site offers it. */

import {css, html, type CSSResult} from 'lit';
import type {RemindChoice} from '../../core/cadence/cadence.js';
import {matchLanguage} from '../../core/copy/match-language.js';
import {ownProperties} from '../../core/own-properties.js';
import {adopt} from '../shared/adopt.js';
import {keepKeys} from '../shared/keep-keys.js';
import {enclosed, words} from '../shared/words.js';
import {byMailWords} from './by-mail-words.js';

/** What is asked of an appeal. */
interface ByMailHost extends HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  requestUpdate(): void;
}

type State = 'open' | 'sending' | 'asked' | 'failed';

const timeoutMs = 10_000;

const styles: CSSResult = css`
  [part='by-mail'] {
    display: grid;
    gap: 0.5em;
  }
  [part='by-mail'] label {
    display: grid;
    gap: 0.2em;
  }
  [part='by-mail'] input {
    min-block-size: 2.75em;
    min-inline-size: 0;
    padding: 0.3em 0.6em;
    border: 1px solid;
    background: none;
    color: inherit;
    font: inherit;
  }
  [part='send'] {
    justify-self: start;
    padding: 0.3em 1em;
  }
`;

const states = new WeakMap<HTMLElement, State>();

/** Posts the wish to the companion. The address goes there, and is kept nowhere here. */
async function send(to: string, body: object): Promise<boolean> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    const request = ownProperties<RequestInit>({
      method: 'POST',
      body: JSON.stringify(body),
      headers: new Headers([['content-type', 'application/json']]),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: stop.signal,
    });
    return (await fetch(to, request)).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** The field and its button, then what became of it. */
export function renderByMail(
  host: ByMailHost,
  {language, locale}: {readonly language: string; readonly locale: string},
  to: string,
  choice: RemindChoice,
): unknown {
  adopt(host.renderRoot, styles);
  const texts = byMailWords[matchLanguage(language, Object.keys(byMailWords)) ?? 'en'];
  const state = states.get(host) ?? 'open';
  const enter = (next: State) => {
    states.set(host, next);
    host.requestUpdate();
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (states.get(host) === 'sending') return;
    const field = (event.target as HTMLFormElement).elements.namedItem('email');
    enter('sending');
    const isSent = await send(to, {
      email: (field as HTMLInputElement).value,
      choice,
      locale: locale || language,
      page: location.pathname,
      minutesEast: -new Date().getTimezoneOffset(),
    });
    enter(isSent ? 'asked' : 'failed');
    // What had the focus goes away.
    if (isSent) host.renderRoot.querySelector<HTMLElement>('.panel')?.focus({preventScroll: true});
  };
  return html`
    ${enclosed(
      state === 'asked'
        ? ''
        : html`<form
            part="by-mail"
            @submit=${submit}
            @keydown=${keepKeys}
            @keypress=${keepKeys}
            @keyup=${keepKeys}
          >
            <label>
              <span>${words(texts?.label)}</span>
              <input
                type="email"
                name="email"
                required
                maxlength="254"
                autocomplete="email"
                dir="ltr"
              />
            </label>
            <button part="send" ?disabled=${state === 'sending'}>${words(texts?.button)}</button>
          </form>`,
    )}
    <p role="status">
      ${words(state === 'asked' ? texts?.asked : state === 'failed' ? texts?.failed : '')}
    </p>
  `;
}

/** Forgets what became of it: the appeal is open again. */
export function forgetByMail(host: HTMLElement): void {
  states.delete(host);
}
