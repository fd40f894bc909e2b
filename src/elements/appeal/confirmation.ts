/** Renders what stands in an appeal's place once it is dismissed. */

import {html, nothing} from 'lit';
import type {DismissalController} from '../../controllers/dismissal-controller.js';
import type {LocaleController} from '../../controllers/locale-controller.js';
import type {RemindChoice} from '../../core/cadence/cadence.js';
import {remindChoices} from '../../core/cadence/snooze.js';
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

let byMail: typeof import('./by-mail.js') | undefined;

/** The choice "by e-mail", where the site says in a `<meta name="support:reminders">` who takes it. */
function renderMail(
  host: ConfirmationHost,
  locale: LocaleController,
  choice: RemindChoice | undefined,
): unknown {
  const to = document.querySelector<HTMLMetaElement>('meta[name="support:reminders"]')?.content;
  // Mail cannot count articles.
  if (!to || !choice || choice === 'after-10-more-articles') {
    byMail?.forgetByMail(host);
    return nothing;
  }
  if (byMail) return byMail.renderByMail(host, locale, to, choice);
  import('./by-mail.js').then(
    fetched => {
      byMail = fetched;
      host.requestUpdate();
    },
    // The reminder on this device is set all the same.
    () => undefined,
  );
  return nothing;
}

/** The sentence for the live region. Before it is announced, it keeps its room: what stands below must not move under a finger. */
export function renderStatus({t}: LocaleController, {dismissal}: DismissalController): unknown {
  if (!dismissal) return undefined;
  const {reason, choice, until, isAnnounced} = dismissal;
  const text =
    reason === 'supported'
      ? t('thanks')
      : choice === 'after-10-more-articles'
        ? t('reminded-articles', {count: 10})
        : t(choice ? 'reminded' : 'quiet', {date: new Date(until)});
  return html`<span class=${isAnnounced ? 'said' : 'unsaid'}>${words(text)}</span>`;
}

/** The choices after a close: when to be reminded, a calendar entry, and the way back. */
export function renderConfirmation(
  host: ConfirmationHost,
  locale: LocaleController,
  controller: DismissalController,
): unknown {
  if (!controller.dismissal) return undefined;
  const {t} = locale;
  const {reason, choice, until} = controller.dismissal;
  const pick = (value: RemindChoice) => {
    controller.remind(value);
    host.renderRoot.querySelector<HTMLElement>('.panel')?.focus({preventScroll: true});
  };
  const mayPick = reason === 'later' && !choice;
  const isDated = reason === 'later' && choice !== 'after-10-more-articles';
  // Fetched before it is pressed.
  if (isDated) calendarLink().catch(() => undefined);
  /** Fills the link just before it is followed. */
  const makeCalendar = (event: Event) => {
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
  const remind = (value: RemindChoice) =>
    html`<button part="remind" type="button" value=${value} @click=${() => pick(value)}>
      ${words(t(value))}
    </button>`;
  return html`
    ${enclosed(
      mayPick
        ? html`<p id="remind">${words(t('remind'))}</p>
            <div class="choices" role="group" aria-labelledby="remind">
              ${remindChoices.map(remind)}
            </div>`
        : nothing,
    )}
    ${enclosed(renderMail(host, locale, choice))}
    <div part="actions">
      ${enclosed(
        isDated
          ? html`<a part="action calendar" href="#" download="support.ics" @click=${makeCalendar}>
              ${words(t('calendar'))}
            </a>`
          : nothing,
      )}
      ${enclosed(
        reason === 'supported'
          ? nothing
          : html`<button part="action undo" type="button" @click=${() => controller.undo()}>
              ${words(t('undo'))}
            </button>`,
      )}
      ${enclosed(
        host.format === 'inline'
          ? nothing
          : html`<button part="action done" type="button" @click=${() => controller.dismiss()}>
              ${words(t('done'))}
            </button>`,
      )}
    </div>
  `;
}
