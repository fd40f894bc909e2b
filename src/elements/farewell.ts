import {html, nothing} from 'lit';
import type {Farewell} from '../controllers/appeal-acts.js';
import type {LocaleController} from '../controllers/locale-controller.js';
import {reminderCalendar} from '../core/calendar.js';
import type {RemindChoice} from '../core/cadence.js';
import {remindChoices} from '../core/quiet.js';

/** What a reader may still do about an appeal they have closed. */
export interface FarewellPresses {
  readonly pick: (choice: RemindChoice) => void;
  readonly undo: () => void;
  /** Takes what lies over the page away; absent where nothing does. */
  readonly dismiss: (() => void) | undefined;
}

/** The sentence for the live region. */
export function farewellText({t}: LocaleController, farewell: Farewell): string {
  const {reason, choice, until} = farewell;
  if (reason === 'supported') return t('thanks');
  if (choice === 'after-10-more-articles') return t('reminded-articles', {count: 10});
  return t(choice ? 'reminded' : 'quiet', {date: new Date(until)});
}

/** The choices after a close: when to be reminded, a calendar entry, and the way back. */
export function renderFarewell(
  {t}: LocaleController,
  {reason, choice, until}: Farewell,
  publication: string | undefined,
  {pick, undo, dismiss}: FarewellPresses,
): unknown {
  const mayPick = reason === 'later' && !choice;
  const isDated = reason === 'later' && choice !== 'after-10-more-articles';
  /** Fills the link just before it is followed; the file needs no server and no address. */
  const makeCalendar = (event: Event) => {
    const link = event.currentTarget as HTMLAnchorElement;
    const {origin, pathname, hostname} = location;
    const text = reminderCalendar({
      // A chosen day begins at four in the morning: nobody wants to hear an alarm then.
      until: choice ? until + 5 * 3_600_000 : until,
      now: Date.now(),
      title: t('region'),
      description: publication ?? '',
      url: origin + pathname,
      uid: `${until}@${hostname}`,
    });
    link.href = URL.createObjectURL(new Blob([text], {type: 'text/calendar'}));
    setTimeout(() => {
      URL.revokeObjectURL(link.href);
      link.href = '#';
    }, 10_000);
  };
  const remind = (value: RemindChoice) =>
    html`<button part="remind" type="button" value=${value} @click=${() => pick(value)}>
      ${t(value)}
    </button>`;
  return html`
    ${
      mayPick
        ? html`<p id="remind">${t('remind')}</p>
            <div class="choices" role="group" aria-labelledby="remind">
              ${remindChoices.map(remind)}
            </div>`
        : nothing
    }
    <div part="actions">
      ${
        isDated
          ? html`<a part="action calendar" href="#" download="support.ics" @click=${makeCalendar}>
              ${t('calendar')}
            </a>`
          : nothing
      }
      ${
        reason === 'supported'
          ? nothing
          : html`<button part="action undo" type="button" @click=${undo}>${t('undo')}</button>`
      }
      ${
        dismiss
          ? html`<button part="action done" type="button" @click=${dismiss}>${t('done')}</button>`
          : nothing
      }
    </div>
  `;
}
