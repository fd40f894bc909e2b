/** Renders the gallery: a filter, and a frame for each state that passes it. */

import {
  addressOf,
  directions,
  fields,
  meanings,
  nameOf,
  scenes,
  schemes,
  states,
  themes,
  widths,
  type GalleryState,
} from './states.js';

type Field = (typeof fields)[number];

const distinct = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter(value => value !== undefined)),
];

const choices: Readonly<Record<Field, readonly string[]>> = {
  element: distinct(scenes.map(({element}) => element)),
  format: distinct(scenes.map(({format}) => format)),
  state: Object.keys(meanings),
  theme: themes,
  scheme: schemes,
  direction: directions,
  width: widths.map(String),
};

/** One look of everything, which is how the gallery opens. */
const first: Readonly<Partial<Record<Field, string>>> = {
  theme: 'default',
  scheme: 'light',
  direction: 'ltr',
  width: '1280',
};

/** The values asked for; an empty one stands for all. */
function filterIn(parameters: URLSearchParams): Readonly<Record<Field, string>> {
  return Object.fromEntries(
    fields.map(field => {
      const value = parameters.get(field) ?? first[field] ?? '';
      return [field, choices[field].includes(value) ? value : ''];
    }),
  ) as Record<Field, string>;
}

function renderFilter(chosen: Readonly<Record<Field, string>>): string {
  const selects = fields.map(field => {
    const options = ['', ...choices[field]].map(
      value =>
        `<option value="${value}"${value === chosen[field] ? ' selected' : ''}>${value || 'all'}</option>`,
    );
    return `<label>${field}<select name="${field}">${options.join('')}</select></label>`;
  });
  return `<form class="fields" action="/gallery.html">${selects.join('')}<button class="strong">Show</button></form>`;
}

function renderFrame(state: GalleryState): string {
  const address = addressOf(state).replaceAll('&', '&amp;');
  const {element, format, width} = state;
  const height =
    element !== 'support-appeal' ? 360 : format === 'inline' || width > 400 ? 800 : 640;
  const name = nameOf(state);
  return `<figure class="frame-of-state"><figcaption><a href="${address}">${name}</a>: ${meanings[state.state] ?? ''}</figcaption><div class="scroll" tabindex="0" role="group" aria-label="${name}"><iframe src="${address}" title="${name}" width="${width}" height="${height}" loading="lazy"></iframe></div></figure>`;
}

/** Returns the filter and the frames for an address. */
export function renderGallery(parameters: URLSearchParams): string {
  const chosen = filterIn(parameters);
  const shown = states.filter(state =>
    fields.every(field => chosen[field] === '' || chosen[field] === String(state[field] ?? '')),
  );
  const count = `<p class="hint" role="status">${shown.length} of ${states.length} states</p>`;
  return `${renderFilter(chosen)}${count}${shown.map(renderFrame).join('')}`;
}
