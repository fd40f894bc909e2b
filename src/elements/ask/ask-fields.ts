/** Renders the choices of the form: how often, in which currency, and how much. */

import {html, nothing, type TemplateResult} from 'lit';
import type {LocaleController} from '../../controllers/locale-controller.js';
import type {CopyTexts} from '../../core/copy/copy-fields.js';
import {formatMoney} from '../../core/money/money.js';
import {offeredCurrencies, offeredFrequencies, type Frequency} from '../../core/money/offer.js';
import type {PopularAmounts} from '../../core/money/popular.js';
import {ownProperties} from '../../core/own-properties.js';
import type {AskForm} from './ask-interactions.js';
import {chevron, tick} from '../shared/icons.js';
import {amountIn, enclosed, words} from '../shared/words.js';

/** What is asked of the element. */
interface FieldsHost {
  readonly copy: Pick<CopyTexts, 'amounts'> | undefined;
  readonly frequency: Frequency;
  readonly popular: PopularAmounts | undefined;
}

/** Writes an amount as the language does; nothing for what is no number yet. */
export function writeAmount(
  {currency}: AskForm,
  {locale}: LocaleController,
  minor: number | string | undefined,
): string {
  return typeof minor === 'number' ? amountIn(formatMoney({minor, currency}, locale)) : '';
}

const radio = (name: string, value: string | number, isChosen: boolean): TemplateResult =>
  html`<input type="radio" name=${name} value=${value} ?checked=${isChosen} />`;

/** Renders the frequencies, where there is a choice. */
export function renderFrequencies(
  {frequency: chosen}: FieldsHost,
  {currency, offer}: AskForm,
  {t}: LocaleController,
): unknown {
  const offered = offeredFrequencies(offer, currency);
  if (offered.length < 2) return nothing;
  return html`<fieldset part="frequency">
    <legend class="unseen">${words(t('frequency'))}</legend>
    <div class="row">
      ${enclosed(
        offered.map(
          frequency =>
            html`<label class="tab"
              >${radio('frequency', frequency, frequency === chosen)}<span
                >${tick}<span>${words(t(frequency))}</span></span
              ></label
            >`,
        ),
      )}
    </div>
  </fieldset>`;
}

/** Renders the amounts and, where there is a choice, the currencies; `other` is the tile for another amount. */
export function renderAmounts(
  host: FieldsHost,
  form: AskForm,
  locale: LocaleController,
  other: unknown,
  range: unknown,
): unknown {
  const {t} = locale;
  const {frequency} = host;
  const {amounts, picked} = form;
  const presets = amounts?.presets ?? [];
  const notes = new Map(presets.map(preset => [preset, noteAt(preset, host, form, locale)]));
  const {meaning, pill} = notes.get(picked as number) ?? {};
  const legend = t(frequency === 'once' ? 'amount' : `per-${frequency}`, {amount: t('amount')});
  const hasMeanings = [...notes.values()].some(note => note.meaning);
  return html`<fieldset part="amount" class=${hasMeanings ? 'meanings' : ''}>
    <legend>${words(legend)}</legend>
    ${enclosed(renderCurrencies(form, locale))}
    <div class="row">
      ${enclosed(
        presets.map(preset => {
          const note = notes.get(preset);
          return html`<label class="tile"
            >${radio('amount', preset, preset === picked)}<span
              >${note?.pill ? html`<span class="unseen" part="pill">${words(note.pill)}</span>` : nothing}<b>${words(writeAmount(form, locale, preset))}</b>${note?.meaning ? html`<span class="unseen" part="meaning">${words(note.meaning)}</span>` : nothing}${tick}</span
            ></label
          >`;
        }),
      )}
      ${enclosed(amounts?.presetsOnly ? nothing : other)}
    </div>
    ${range}
    <p part="meaning-line" aria-hidden="true" ?hidden=${!meaning && !pill}>
      ${words([writeAmount(form, locale, picked), meaning, pill].filter(text => text).join(' · '))}
    </p>
  </fieldset>`;
}

/** What the editor says beside an amount; `popular` only where the gifts have shown it. */
function noteAt(
  preset: number,
  {copy, frequency, popular}: FieldsHost,
  {currency}: AskForm,
  {t}: LocaleController,
): {readonly meaning?: string | undefined; readonly pill?: string} {
  const notes = copy?.amounts?.[frequency]?.[currency];
  const {meaning, pill = ''} = ownProperties(notes?.[preset] ?? {});
  const isPopular = popular?.[frequency]?.[currency] === preset;
  return {meaning, pill: pill !== 'popular' ? pill : isPopular ? t('popular') : ''};
}

function renderCurrencies({currency, offer}: AskForm, {t}: LocaleController): unknown {
  const offered = offeredCurrencies(offer);
  if (offered.length < 2) return nothing;
  return html`<label class="currency"
    ><span class="unseen">${words(t('currency'))}</span
    ><select part="currency" name="currency" translate="no">
      ${enclosed(
        offered.map(
          code =>
            html`<option value=${code} ?selected=${code === currency}>${words(code)}</option>`,
        ),
      )}</select
    >${chevron}</label
  >`;
}

/** Renders the tile that becomes a field. */
export function renderOther(
  {currency, picked, typed}: AskForm,
  {locale, t}: LocaleController,
  isRefused: boolean,
  enterField: (event: MouseEvent) => void,
): unknown {
  // The sign of the currency, on the side where the language writes it.
  const [before, after] = formatMoney({minor: 0, currency}, locale).split(/\p{Nd}/u);
  return html`<div class="tile other">
    <input
      type="radio"
      name="amount"
      value="custom"
      aria-label=${t('other')}
      ?checked=${picked === 'custom'}
      @click=${enterField}
    /><span aria-hidden="true"><b>${words(t('other-short'))}</b></span
    ><span class="field"
      ><span id="before" translate="no">${words(before)}</span
      ><input
        part="custom"
        name="custom"
        inputmode="decimal"
        aria-label=${t('other')}
        aria-describedby="before after error range"
        aria-invalid=${isRefused}
        .value=${typed}
      /><span id="after" translate="no">${words(after)}</span></span
    >
  </div>`;
}
