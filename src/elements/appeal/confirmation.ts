/** Renders what stands in an appeal's place once it is dismissed. */

import {html, nothing} from 'lit';
import type {Dismissal, DismissalController} from '../../controllers/dismissal-controller.js';
import type {LocaleController} from '../../controllers/locale-controller.js';
import type {RemindChoice} from '../../core/cadence/cadence.js';
import {remindChoices} from '../../core/cadence/snooze.js';
import type {MessageKey} from '../../locales/en.js';
import {tick} from '../shared/icons.js';
import {enclosed, words} from '../shared/words.js';
import {publicationOf} from './publication-of.js';

/** What is asked of an appeal. */
interface ConfirmationHost extends HTMLElement {
  requestUpdate(): void;
  readonly format: 'inline' | 'bar' | 'dialog';
  readonly publication: string | undefined;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

const calendarLink = (): Promise<typeof import('./calendar-link.js')> =>
  import('./calendar-link.js');

/** Whether a link leads to its file and is being followed. */
let isFilled = false;

/** How long nothing can be pressed where the appeal was, in ms: a double press was meant for one thing. */
const guardedMs = 500;

let byMail: typeof import('./by-mail.js') | undefined;

/**
 * The choice "by e-mail", where the site says in a `<meta name="support:reminders">` who takes it. Its file is
 * fetched before a day is picked; its room is kept from then on, so that a late one moves nothing.
 */
function renderMail(
  host: ConfirmationHost,
  locale: LocaleController,
  {reason, choice}: Dismissal,
): unknown {
  const to = document.querySelector<HTMLMetaElement>('meta[name="support:reminders"]')?.content;
  if (!to || reason !== 'later') return nothing;
  if (!byMail) {
    import('./by-mail.js').then(
      fetched => {
        byMail = fetched;
        host.requestUpdate();
      },
      // The reminder on this device is set all the same.
      () => undefined,
    );
  }
  // Mail cannot count articles.
  if (!choice || choice === 'after-10-more-articles') {
    byMail?.forgetByMail(host);
    return nothing;
  }
  return html`<div class="mail">${enclosed(byMail?.renderByMail(host, locale, to, choice))}</div>`;
}

/** The sentence for the live region. It is said a moment after the region is there, or it would not be heard. */
function sentence({t}: LocaleController, dismissal: Dismissal): string {
  const {reason, choice, until} = dismissal;
  return reason === 'supported'
    ? t('thanks')
    : choice === 'after-10-more-articles'
      ? t('reminded-articles', {count: 10})
      : t(choice ? 'reminded' : 'quiet', {date: new Date(until)});
}

/** A link to a calendar entry, which is filled just before it is followed. */
function renderCalendarLink(
  host: ConfirmationHost,
  {t}: LocaleController,
  {choice, until}: Dismissal,
): unknown {
  // Fetched before it is pressed.
  calendarLink().catch(() => undefined);
  const fill = (event: Event) => {
    if (isFilled) return;
    event.preventDefault();
    const link = event.currentTarget as HTMLAnchorElement;
    // A chosen day begins at four in the morning: nobody wants to hear an alarm then.
    const at = choice ? until + 5 * 3_600_000 : until;
    calendarLink().then(
      ({fillCalendarLink}) => {
        fillCalendarLink(link, {
          until: at,
          title: t('region'),
          description: publicationOf(host),
        });
        isFilled = true;
        link.click();
        isFilled = false;
      },
      // The link would lead nowhere. Its room stays: nothing may move under a finger.
      () => {
        link.style.visibility = 'hidden';
      },
    );
  };
  return html`<a part="action calendar" href="#" download="support.ics" @click=${fill}
    >${words(t('calendar'))}</a
  >`;
}

/** What stands where the appeal was: what was remembered, when to be reminded instead, and the way back. */
export function renderConfirmation(
  host: ConfirmationHost,
  locale: LocaleController,
  controller: DismissalController,
): unknown {
  const {dismissal} = controller;
  const {t} = locale;
  const {reason, choice, isAnnounced} = dismissal ?? {};
  const mayPick = reason === 'later' && !choice;
  const pick = (value: RemindChoice) => {
    controller.remind(value);
    host.renderRoot.querySelector<HTMLElement>('.panel')?.focus({preventScroll: true});
  };
  const renderAction = (part: string, key: MessageKey, act: () => void) =>
    html`<button part=${`action ${part}`} type="button" @click=${act}>${words(t(key))}</button>`;
  return html`
    <div class="line">
      <p>
        ${tick}<span
          ><span part="status" role="status"
            >${enclosed(
              dismissal
                ? html`<span class=${isAnnounced ? 'said' : 'unsaid'}
                    >${words(sentence(locale, dismissal))}</span
                  >`
                : nothing,
            )}</span
          >
          ${enclosed(mayPick ? html`<span id="remind">${words(t('remind'))}</span>` : nothing)}</span
        >
      </p>
      <div part="actions" class="list">
        ${enclosed(
          dismissal && choice && choice !== 'after-10-more-articles'
            ? renderCalendarLink(host, locale, dismissal)
            : nothing,
        )}
        ${enclosed(
          dismissal && reason !== 'supported'
            ? renderAction('undo', 'undo', () => controller.undo())
            : nothing,
        )}
        ${enclosed(
          dismissal && host.format !== 'inline'
            ? renderAction('done', 'done', () => controller.dismiss())
            : nothing,
        )}
      </div>
    </div>
    ${enclosed(
      mayPick
        ? html`<div class="choices" role="group" aria-labelledby="remind">
            ${remindChoices.map(
              value =>
                html`<button part="remind" type="button" value=${value} @click=${() => pick(value)}>
                  ${words(t(value))}
                </button>`,
            )}
          </div>`
        : nothing,
    )}
    ${enclosed(dismissal ? renderMail(host, locale, dismissal) : nothing)}
  `;
}

/** Brings a reader who has pressed to the confirmation, where the appeal was `height` px high. */
export function enterConfirmation(panel: HTMLElement, height: number): void {
  panel.focus({preventScroll: true});
  // The press may have left it above the window.
  if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView({block: 'nearest'});
  // For a moment nothing that has moved under the pointer can be pressed.
  const guard = document.createElement('div');
  guard.className = 'guard';
  guard.style.height = `${height}px`;
  panel.parentElement?.append(guard);
  setTimeout(() => guard.remove(), guardedMs);
}
