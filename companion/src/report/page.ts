/** Renders the report as one self-contained, printable page without scripts or network. */

import {html, raw} from 'hono/html';
import {type Campaign, type CampaignsFile, type Experiment, applyArm} from 'reader-support/core';
import {courseChart, differencesChart, factorsChart, intervalChart, reachOf} from './charts.js';
import {armPreview, type Markup} from './arm-preview.js';
import {htmlPage} from './html-page.js';
import type {ArmResult, Results} from './results.js';
import {changeOf, countOf, printMoney, percentOf, plural} from './format.js';
import {sentenceOf} from './sentence.js';
import {chanceWords, giftRateSentences, givingWords, secondaryLine} from './secondary-sentences.js';
import {methodOf, noSteps, sideNames} from './text.js';
import {gates} from '../stats/verdict.js';

/** Options of the page. */
export interface PageOptions {
  readonly file: CampaignsFile;
  readonly experiment: Experiment;
  /** A banner that says that the numbers are simulated, or come from a test system. */
  readonly label?: string | undefined;
  /**
   * Renders the real element with a declarative shadow root and without pictures, which would be
   * requests; `undefined` when it cannot. Without it the page draws a version's words and amounts itself.
   */
  readonly draw?:
    ((campaign: Campaign, file: CampaignsFile) => Promise<string | undefined>) | undefined;
}

const marks = {good: '✓', wait: '…', even: '=', broken: '!'};

/** Wraps wide content in a region that scrolls on its own, also by keyboard. */
const scroll = (inner: Markup): Markup =>
  html`<div class="scroll" tabindex="0" role="group" aria-label="Wider than the page">
    ${inner}
  </div>`;

async function lookOf(arm: string, {file, experiment, draw}: PageOptions): Promise<Markup> {
  const campaign = file.campaigns.find(({id}) => id === experiment.campaign);
  const appeal = campaign && applyArm(campaign, experiment.arms[arm]);
  if (!appeal) return html`<p class="appeal quiet">Nothing is shown.</p>`;
  const control = arm === 'control' ? undefined : applyArm(campaign, experiment.arms['control']);
  const markup = await draw?.(appeal, file);
  const element =
    markup === undefined
      ? {}
      : {element: html`<div class="appeal" data-drawn="element" inert>${raw(markup)}</div>`};
  return armPreview(appeal, file, {control, ...element});
}

async function card(
  result: ArmResult,
  results: Results,
  reach: number,
  options: PageOptions,
): Promise<Markup> {
  const {arm, counts, per1000, lift} = result;
  const {currency} = results.scale;
  const isKnown = Number.isFinite(per1000.high);
  return html`<article class="card">
    <h3>${arm}</h3>
    ${await lookOf(arm, options)}
    <p class="big">${printMoney(per1000.value, currency)}</p>
    <p class="quiet">
      per 1,000
      readers${
        isKnown
          ? `, likely ${printMoney(per1000.low, currency)} to ${printMoney(per1000.high, currency)}`
          : ''
      }
    </p>
    ${raw(intervalChart(result, currency, reach))}
    <p class="quiet">
      ${plural(counts.gifts, 'gift', 'gifts')} of
      ${plural(counts.readers, 'reader', 'readers')}${
        lift
          ? `; ${changeOf(lift.lift)} against control (${changeOf(lift.low)} to ${changeOf(lift.high)})`
          : ''
      }
    </p>
  </article>`;
}

function wayTable(results: Results): Markup {
  const {arms, scale} = results;
  const share = (part: number, whole: number) => (whole > 0 ? percentOf(part / whole, 2) : '–');
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Wider than the page">
    <table>
      <caption class="quiet">
        From reader to gift
      </caption>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col">Readers</th>
          <th scope="col">Seen</th>
          <th scope="col">Begun</th>
          <th scope="col">Gifts</th>
          <th scope="col">Gift rate</th>
          <th scope="col">Average gift</th>
          <th scope="col">Recurring</th>
          <th scope="col">Not capped, per 1,000</th>
        </tr>
      </thead>
      <tbody>
        ${arms.map(
          ({arm, counts, uncappedPer1000}) =>
            html`<tr>
              <th scope="row">${arm}</th>
              <td>${countOf(counts.readers)}</td>
              <td>${countOf(counts.seen)}</td>
              <td>${countOf(counts.opened)}</td>
              <td>${countOf(counts.gifts)}</td>
              <td>${share(counts.gifts, counts.readers)}</td>
              <td>
                ${counts.gifts > 0 ? printMoney(counts.value / counts.gifts, scale.currency) : '–'}
              </td>
              <td>${share(counts.monthly, counts.gifts)}</td>
              <td>${printMoney(uncappedPer1000, scale.currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The differences on one axis, and the numbers they are made of. */
function differences(results: Results): Markup {
  const chart = differencesChart(results);
  return html`<section>
    <h2>The difference</h2>
    ${
      chart === undefined
        ? html`<p class="quiet">There is too little to compare yet.</p>`
        : html`<figure>
            <figcaption>
              Each version against control. Nobody leads while a bar covers zero.
            </figcaption>
            <div class="differences">${raw(chart)}</div>
          </figure>`
    }
    ${wayTable(results)}
  </section>`;
}

function origin(results: Results): Markup {
  const {currency} = results.scale;
  const others = results.arms.filter(({giving}) => giving);
  return html`<section>
    <h2>Where it came from</h2>
    ${
      others.length === 0
        ? html`<p class="quiet">Too few gifts to say.</p>`
        : others.map(arm => {
            const chance = chanceWords(arm, results);
            return html`<figure>
              <figcaption>${arm.arm} against control: ${givingWords(arm)}</figcaption>
              ${
                arm.factors
                  ? scroll(raw(factorsChart(arm.arm, arm.factors)))
                  : html`<p class="quiet">${noSteps}</p>`
              }
              <ul class="quiet">
                ${arm.secondary.map(metric => html`<li>${secondaryLine(metric, currency)}</li>`)}
                ${chance === undefined ? '' : html`<li>On these numbers alone: ${chance} than control. This decides nothing.</li>`}
              </ul>
            </figure>`;
          })
    }
  </section>`;
}

function sideEffects({sideEffects: effects, arms}: Results): Markup {
  const words = {worse: '▲ worse', fine: '✓ no worse', unclear: '… cannot be said yet'};
  const isEarly = arms.some(({counts}) => counts.readers < gates.gifts);
  return html`<section>
    <h2>Side effects</h2>
    ${
      effects.length === 0
        ? html`<p class="quiet">
            ${
              isEarly
                ? 'Too few readers to say.'
                : 'The numbers have no closes, refunds or failed checkouts.'
            }
          </p>`
        : html`<ul>
            ${effects.map(
              ({arm, kind, rate, control, state}) =>
                html`<li>
                  ${arm}: ${percentOf(rate, 2)} ${sideNames[kind]}, control ${percentOf(control, 2)}
                  — ${words[state]}
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

function development(results: Results): Markup {
  const {course, arms, scale} = results;
  const others = arms
    .slice(1)
    .map(({arm}) => ({arm, points: course.filter(point => point.arm === arm)}));
  const money = (minor: number) =>
    Number.isFinite(minor) ? printMoney(minor, scale.currency) : '–';
  return html`<section>
    <h2>Over time</h2>
    ${others.map(({arm, points}) =>
      points.length < 2
        ? html`<p class="quiet">${arm}: two days are needed.</p>`
        : html`<figure>
            <figcaption>
              ${arm} against control, all readers so far. The band may be looked at every day: until
              the planned end, nobody leads while it covers zero.
            </figcaption>
            ${scroll(raw(courseChart(arm, points, results)))}
            <details>
              <summary>As a table</summary>
              <div class="scroll" tabindex="0" role="group" aria-label="Wider than the page">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">Day</th>
                      <th scope="col">Difference per 1,000</th>
                      <th scope="col">Band from</th>
                      <th scope="col">to</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${points.map(
                      ({day, difference, low, high}) =>
                        html`<tr>
                          <th scope="row">${day}</th>
                          <td>${money(difference)}</td>
                          <td>${money(low)}</td>
                          <td>${money(high)}</td>
                        </tr>`,
                    )}
                  </tbody>
                </table>
              </div>
            </details>
          </figure>`,
    )}
  </section>`;
}

/** Renders the page. */
export async function reportPage(results: Results, options: PageOptions): Promise<string> {
  const {experiment, arms, scale, readers, from, to} = results;
  const {kind, text, word} = sentenceOf(results);
  const reach = reachOf(arms, scale.currency);
  const cards = await Promise.all(arms.map(arm => card(arm, results, reach, options)));
  const main = html`
    ${options.label === undefined ? '' : html`<p class="label">${options.label}</p>`}
    <p class="word" data-mark="${marks[kind]}">${word}</p>
    <h1>${text}</h1>
    ${giftRateSentences(results).map(sentence => html`<p class="second">${sentence}</p>`)}
    <p class="meta">
      ${experiment}${
        from === undefined
          ? ': no reader was counted yet'
          : `: ${plural(readers, 'reader', 'readers')}, ${from} to ${to ?? ''}`
      }
    </p>
    ${differences(results)}
    <section>
      <h2>The versions</h2>
      <div class="cards">${cards}</div>
    </section>
    ${origin(results)} ${sideEffects(results)} ${development(results)}
    <footer>
      <h2>How this was counted</h2>
      <ul>
        ${methodOf(results).map(line => html`<li>${line}</li>`)}
      </ul>
    </footer>
  `;
  return htmlPage({title: `${experiment}: ${word}`, main});
}
