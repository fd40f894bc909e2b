/** Draws an arm's appeal for a report: its words, amounts and look, and how it differs from the control. */

import {html} from 'hono/html';
import type {HtmlEscapedString} from 'hono/utils/html';
import {
  amountsOf,
  type Campaign,
  type CampaignsFile,
  chooseCurrency,
  type CopyNode,
  type CopyTexts,
  defaultOffer,
  formatMoney,
  type Frequency,
  fromPrice,
  type Offer,
  offeredFrequencies,
  parseCopy,
} from 'reader-support/core';

/** Markup that is safe to put into a page. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

const frequencyNames = {monthly: 'Monthly', annual: 'Yearly', once: 'Once'};

/** As many articles as the copy counts, unless the appeal asks for more. */
const countedArticles = 10;

/** How many articles the drawn reader has read, so that the copy with a count is drawn. */
export const articlesOf = ({minArticles = 0}: Campaign): number =>
  Math.max(countedArticles, minArticles);

/** What is drawn of an appeal: a label for people, and what it is compared by. */
interface Piece {
  readonly label: string;
  readonly value: string;
}

/** Draws a piece with its badge, and notes it. */
type Draw = (label: string, value: unknown, drawing: (badge: Markup | '') => Markup) => Markup;

const isSame = (a: Piece, b: Piece): boolean => a.label === b.label && a.value === b.value;

function renderCopy(nodes: readonly CopyNode[]): Markup[] {
  return nodes.map(node => {
    if (node.type === 'text') return html`${node.text}`;
    const inner = renderCopy(node.children);
    if (node.type === 'strong') return html`<strong>${inner}</strong>`;
    if (node.type === 'emphasis') return html`<em>${inner}</em>`;
    // Links of an appeal must not lead out of the report.
    return html`<u>${inner}</u>`;
  });
}

/** The accent, if it is a colour and nothing else: a file that nobody has parsed may say anything. */
export const accentOf = ({accent = ''}: Campaign): string | undefined =>
  /^#([\da-f]{3}){1,2}$/i.test(accent) ? accent : undefined;

/** The frame of a picture, which a report that makes no request cannot show. */
function frameOf({image}: Campaign, draw: Draw): Markup | '' {
  if (!image) return '';
  const {src, alt, width, height} = image;
  return draw(
    'picture',
    [src, alt, width, height],
    badge =>
      html`<div class="picture">
        <span>
          ${badge} ${alt || 'A picture without a description.'}
          <small>${src}, ${width} × ${height}</small>
        </span>
      </div>`,
  );
}

/** What the drawing of words needs. */
interface Letter {
  readonly copy: CopyTexts;
  readonly shown: readonly Frequency[];
  readonly accent: string | undefined;
  readonly render: (text: string, more?: Readonly<Record<string, string>>) => Markup[];
  readonly money: (minor: number) => string;
  readonly currency: string;
  readonly offer: Offer;
  readonly draw: Draw;
}

/** What comes before the form. */
function lettersWords({copy, shown, render, draw}: Letter): Markup {
  const {kicker, heading, body = [], highlight, benefits = {}, byline} = copy;
  return html`${
    kicker === undefined
      ? ''
      : draw('kicker', kicker, badge => html`<p class="kicker">${badge} ${render(kicker)}</p>`)
  }
  ${
    heading === undefined
      ? ''
      : draw(
          'heading',
          heading,
          badge =>
            html`<div class="unit">
              ${badge}
              <h4>${render(heading)}</h4>
            </div>`,
        )
  }
  ${body.map(text => draw('body', text, badge => html`<p>${badge} ${render(text)}</p>`))}
  ${
    highlight === undefined
      ? ''
      : draw(
          'highlight',
          highlight,
          badge => html`<p class="highlight">${badge} <mark>${render(highlight)}</mark></p>`,
        )
  }
  ${shown.map(frequency =>
    benefits[frequency]?.length
      ? html`<p class="quiet">Benefits, ${frequencyNames[frequency].toLowerCase()}</p>
          <ul class="benefits">
            ${benefits[frequency].map(text =>
              draw(
                `benefits, ${frequency}`,
                text,
                badge => html`<li>${badge} ${render(text)}</li>`,
              ),
            )}
          </ul>`
      : '',
  )}
  ${
    byline
      ? draw(
          'byline',
          [byline.name, byline.role, byline.portrait],
          badge =>
            html`<p class="byline">
              ${badge}
              <b>${render(byline.name)}</b>${byline.role ? html`, ${render(byline.role)}` : ''}
              ${byline.portrait ? html`<small>Portrait: ${byline.portrait}</small>` : ''}
            </p>`,
        )
      : ''
  }`;
}

/** The words at amounts, apart from the amounts: what is read at any width. */
function amountWords(
  {copy, render, money, currency, draw}: Letter,
  frequency: Frequency,
  presets: readonly number[],
): Markup | '' {
  const byAmount = copy.amounts?.[frequency]?.[currency] ?? {};
  const items = presets.flatMap(minor => {
    const {meaning, pill} = byAmount[minor] ?? {};
    if (meaning === undefined && pill === undefined) return [];
    const pillWords =
      pill === 'popular'
        ? html`<span class="pill">Popular</span> <small>where gifts prove it</small>`
        : html`<span class="pill">${render(pill ?? '')}</span>`;
    return [
      draw(
        `words at amounts, ${frequency}`,
        [minor, meaning, pill],
        badge =>
          html`<li>
            ${badge} ${money(minor)}${meaning === undefined ? '' : html` · ${render(meaning)}`}
            ${pill === undefined ? '' : pillWords}
          </li>`,
      ),
    ];
  });
  return items.length > 0
    ? html`<ul class="meanings">
        ${items}
      </ul>`
    : '';
}

function buttonOf(
  {copy, render, money, draw}: Letter,
  frequency: Frequency,
  minor: number | undefined,
): Markup | '' {
  const text = copy.button?.[frequency];
  if (text === undefined) return '';
  const amount = minor === undefined ? '…' : money(minor);
  return draw(
    `button, ${frequency}`,
    text,
    badge => html`<p>${badge} <span class="button">${render(text, {amount})}</span></p>`,
  );
}

/** The amounts of each frequency that is shown, with their words and button. */
function formOf(letter: Letter): Markup[] {
  const {shown, offer, currency, money, draw} = letter;
  return shown.flatMap(frequency => {
    const amounts = amountsOf(offer, frequency, currency);
    if (!amounts) return [];
    const {presets, preset} = amounts;
    return [
      draw(
        `amounts, ${frequency}`,
        [presets, preset],
        badge =>
          html`<p class="quiet">${frequencyNames[frequency]} ${badge}</p>
            <ul class="amounts">
              ${presets.map(
                minor =>
                  html`<li ${minor === preset ? html`class="preset"` : ''}>${money(minor)}</li>`,
              )}
            </ul>`,
      ),
      html`${amountWords(letter, frequency, presets)} ${buttonOf(letter, frequency, preset)}`,
    ];
  });
}

const quietWords = [
  ['later', 'Later button'],
  ['secondary', 'Another way to help'],
  ['collapsed', 'As one line'],
  ['reassurance', 'Under the form'],
  ['fallback', 'Where a checkout fails'],
] as const;

/** The quieter words, of which a drawing of the element shows few or none. */
const quietRows = ({copy, render, draw}: Letter): Markup[] =>
  quietWords.flatMap(([field, label]) => {
    const text = copy[field];
    return text === undefined
      ? []
      : [
          draw(
            label.toLowerCase(),
            text,
            badge =>
              html`<div>
                <dt>${label}</dt>
                <dd>${badge} ${render(text)}</dd>
              </div>`,
          ),
        ];
  });

/** What is no words. */
function lookRows(campaign: Campaign, letter: Letter): Markup[] {
  const {shown, accent, draw} = letter;
  const {
    format = 'inline',
    theme = 'default',
    collapsed = true,
    minArticles,
    copies = {},
  } = campaign;
  const row = (label: string, text: string, value: unknown = text) =>
    draw(
      label.toLowerCase(),
      value,
      badge =>
        html`<div>
          <dt>${label}</dt>
          <dd>${badge} ${text}</dd>
        </div>`,
    );
  const cadence = Object.entries(campaign.cadence ?? {}).map(
    ([field, value]) => `${field} ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  );
  return [
    row('Format', format),
    ...(format === 'bar' ? [row('Bar begins', collapsed ? 'as one line' : 'open')] : []),
    row('Theme', theme),
    ...(accent === undefined
      ? []
      : [
          draw(
            'accent',
            accent,
            badge =>
              html`<div>
                <dt>Accent</dt>
                <dd>
                  ${badge}
                  <svg class="swatch" aria-hidden="true">
                    <rect width="100%" height="100%" fill="${accent}" />
                  </svg>
                  ${accent}
                </dd>
              </div>`,
          ),
        ]),
    row('Frequencies', shown.map(frequency => frequencyNames[frequency]).join(', ')),
    ...(minArticles === undefined ? [] : [row('Counts from', `${minArticles} articles`)]),
    ...(cadence.length > 0 ? [row('Cadence', cadence.join('; '))] : []),
    ...Object.entries(copies).map(([language, copy]) =>
      row(`Copy in ${language}`, 'on pages in this language', copy),
    ),
  ];
}

/** Lists in words what an arm has changed, added and left out. */
function changesOf(pieces: readonly Piece[], control: readonly Piece[]): string {
  const labels = (list: readonly Piece[]) => [...new Set(list.map(({label}) => label))];
  const count = (list: readonly Piece[], wanted: string) =>
    list.filter(({label}) => label === wanted).length;
  const unlike = pieces.filter(piece => !control.some(other => isSame(piece, other)));
  const gone = labels(control).filter(label => count(pieces, label) < count(control, label));
  const groups = [
    ['Changed', labels(unlike).filter(label => count(control, label) > 0)],
    ['Added', labels(unlike).filter(label => count(control, label) === 0)],
    ['Left out', gone],
  ] as const;
  return groups
    .flatMap(([word, names]) => (names.length > 0 ? `${word}: ${names.join('; ')}.` : []))
    .join(' ');
}

/** Draws everything of an appeal. An element, where there is one, stands above its words. */
function drawing(
  campaign: Campaign,
  file: CampaignsFile,
  draw: Draw,
  element: Markup | undefined,
): Markup {
  const offer = {
    ...(campaign.offer ?? file.offer ?? defaultOffer),
    frequencies: campaign.frequencies,
  };
  const configured = campaign.currency ?? file.currency;
  const currency = chooseCurrency(offer, {locale: 'en', ...(configured ? {configured} : {})});
  const from = fromPrice(offer, currency);
  const values = {
    publication: file.publication ?? '',
    from: from ? formatMoney(from.money, 'en') : '',
    articles: `${articlesOf(campaign)} articles`,
  };
  const {withoutCount, ...copy} = campaign.copy ?? {};
  const letter: Letter = {
    ...{copy, offer, currency, draw},
    shown: offeredFrequencies(offer, currency),
    accent: accentOf(campaign),
    render: (text, more) => renderCopy(parseCopy(text, {...values, ...more})),
    money: minor => formatMoney({minor, currency}, 'en'),
  };
  const uncounted: Letter = {
    ...letter,
    copy: withoutCount ?? {},
    draw: (label, value, drawn) => draw(`without a count: ${label}`, value, drawn),
  };
  const frame = frameOf(campaign, draw);
  const letterAndForm = html`${lettersWords(letter)} ${formOf(letter)}`;
  const quiet = quietRows(letter);
  const looks = lookRows(campaign, letter);
  const withoutWords = lettersWords(uncounted);
  const withoutQuiet = quietRows(uncounted);
  const withoutForm = letter.shown.map(
    frequency =>
      html`${amountWords(uncounted, frequency, amountsOf(offer, frequency, currency)?.presets ?? [])}
      ${buttonOf(uncounted, frequency, amountsOf(offer, frequency, currency)?.preset)}`,
  );
  // An element shows one frequency.
  return html`${
      element === undefined
        ? html`<div class="appeal" data-drawn="words">${frame} ${letterAndForm}</div>`
        : html`${frame} ${element}
            <details>
              <summary>Every word and amount</summary>
              <div class="appeal" data-drawn="words">${letterAndForm}</div>
            </details>`
    }
    <dl class="facts">${quiet} ${looks}</dl>
    ${
      withoutCount
        ? html`<details>
            <summary>Below ${campaign.minArticles ?? 5} articles, or without a count</summary>
            <div class="appeal" data-drawn="without-count">${withoutWords} ${withoutForm}</div>
            <dl class="facts">${withoutQuiet}</dl>
          </details>`
        : ''
    }`;
}

/**
 * Draws an appeal: its words, amounts and look. Against a control it marks what differs, and lists it.
 * `element` is a drawing of the real element, which then stands above words and form.
 */
export function armPreview(
  campaign: Campaign,
  file: CampaignsFile,
  {control, element}: {readonly control?: Campaign | undefined; readonly element?: Markup} = {},
): Markup {
  const known: Piece[] = [];
  const pieces: Piece[] = [];
  const pieceOf = (label: string, value: unknown): Piece => ({label, value: JSON.stringify(value)});
  if (control) {
    const note: Draw = (label, value, drawn) => {
      known.push(pieceOf(label, value));
      return drawn('');
    };
    void drawing(control, file, note, undefined);
  }
  const mark: Draw = (label, value, drawn) => {
    const piece = pieceOf(label, value);
    pieces.push(piece);
    const isNew = control && !known.some(other => isSame(piece, other));
    return drawn(isNew ? html`<b class="badge">new</b>` : '');
  };
  const drawn = drawing(campaign, file, mark, element);
  const changes = control ? changesOf(pieces, known) : '';
  return html`${changes ? html`<p class="changes">Against control. ${changes}</p>` : ''}${drawn}`;
}
