/** Lists what a reader can see of each element: for the gallery, the accessibility tests, the pictures and the docs. */

export type GalleryElement =
  'support-appeal' | 'support-ask' | 'support-paywall' | 'support-meter' | 'support-thanks';
export type GalleryFormat = 'inline' | 'bar' | 'dialog';

/** An element in a state. */
export interface Scene {
  readonly element: GalleryElement;
  /** Of an appeal only. */
  readonly format?: GalleryFormat;
  readonly state: string;
  /** Where only a phone shows it, or only a wider window. */
  readonly only?: 'phone' | 'desktop';
}

/** How a page shows it. */
export interface Look {
  readonly theme: string;
  readonly scheme: string;
  readonly direction: string;
  /** Of the window, in CSS pixels. */
  readonly width: number;
}

export type GalleryState = Scene & Look;

/** What each state is, for the gallery and the docs. */
export const meanings: Readonly<Record<string, string>> = {
  rest: 'as it comes, with all that an editor may write',
  plain: 'as it comes, with a heading and words alone',
  collapsed: 'one line, which is how a bar comes',
  open: 'opened by the reader',
  amounts: 'the first of two steps on a phone: how often and how much',
  summary: 'the second: what follows from the choice',
  'other-chosen': 'the tile “Other” has become a field',
  'bad-amount': 'an amount that cannot be given',
  failed: 'the payment page could not be opened',
  busy: 'the payment page is being opened',
  'more-open': 'the other ways to answer',
  confirmation: 'after “Remind me later”, with a choice of times',
  reminded: 'after that choice',
  'embedded-thanks': 'after a payment inside the page',
  wall: 'no free article is left',
  'wall-register': 'registering gives more free articles',
  'wall-members': 'an article for members',
  'few-left': 'two free articles are left',
  last: 'this is the last free article',
  'with-bar': 'two free articles are left, with a bar',
  thanks: 'a payment has arrived',
  unpaid: 'the reader came back without paying',
};

const answers = ['confirmation', 'reminded', 'embedded-thanks'];
const form = ['other-chosen', 'bad-amount', 'failed', 'busy'];

const appeal = (format: GalleryFormat, states: readonly string[], only?: Scene['only']): Scene[] =>
  states.map(state => ({element: 'support-appeal', format, state, ...(only && {only})}));

const others = (element: GalleryElement, states: readonly string[]): Scene[] =>
  states.map(state => ({element, state}));

export const scenes: readonly Scene[] = [
  ...appeal('inline', ['rest', 'plain', ...form, 'more-open', ...answers]),
  ...appeal('bar', ['collapsed']),
  ...appeal('bar', ['open'], 'desktop'),
  ...appeal('bar', ['amounts', 'summary'], 'phone'),
  ...appeal('bar', [...form, 'more-open', ...answers]),
  ...appeal('dialog', ['rest', 'plain', ...form, 'more-open', ...answers]),
  ...others('support-ask', ['rest', ...form, 'embedded-thanks']),
  ...others('support-paywall', ['wall', 'wall-register', 'wall-members', 'few-left']),
  ...others('support-meter', ['few-left', 'last', 'with-bar']),
  ...others('support-thanks', ['thanks', 'unpaid']),
];

export const themes: readonly string[] = ['default', 'broadsheet', 'gazette', 'review'];
export const schemes: readonly string[] = ['light', 'dark'];
export const directions: readonly string[] = ['ltr', 'rtl'];
export const widths: readonly number[] = [320, 390, 1280];

/** Up to this width a window is a phone's. */
const phoneWidth = 736;

export const looks: readonly Look[] = themes.flatMap(theme =>
  schemes.flatMap(scheme =>
    directions.flatMap(direction => widths.map(width => ({theme, scheme, direction, width}))),
  ),
);

/** Looks in which every theme is light and dark, and meets every direction and width. */
export const fewerLooks: readonly Look[] = looks.filter(({theme, scheme, direction, width}) => {
  const turn = themes.indexOf(theme) + schemes.indexOf(scheme);
  return (
    direction === directions[turn % directions.length] && width === widths[turn % widths.length]
  );
});

/** The scenes that a window of this look shows. */
export function statesOf(look: Look): readonly GalleryState[] {
  const kind = look.width <= phoneWidth ? 'phone' : 'desktop';
  return scenes.filter(({only = kind}) => only === kind).map(scene => ({...scene, ...look}));
}

/** All of them. */
export const states: readonly GalleryState[] = looks.flatMap(statesOf);

/** The fields of a state, in the order of its address. */
export const fields = [
  'element',
  'format',
  'state',
  'theme',
  'scheme',
  'direction',
  'width',
] as const;

/** The path at which the demo shows a state. */
export function addressOf(state: GalleryState): string {
  const parameters = fields.flatMap(field =>
    state[field] === undefined ? [] : [[field, String(state[field])]],
  );
  return `/gallery/state?${new URLSearchParams(parameters).toString()}`;
}

/** Finds the state at an address; `undefined` where there is none. */
export function stateAt(parameters: URLSearchParams): GalleryState | undefined {
  return states.find(state =>
    fields.every(field => String(state[field] ?? '') === (parameters.get(field) ?? '')),
  );
}

/** Names a state in words. */
export function nameOf({
  element,
  format,
  state,
  theme,
  scheme,
  direction,
  width,
}: GalleryState): string {
  return [element, format, state, theme, scheme, direction, `${width} px`]
    .filter(Boolean)
    .join(', ');
}
