/** Draws the same with the Lit that a site has and with the one that is cut down for the script tag. */

import type * as Lit from 'lit';

/** What a template shows in one place. `list` and `shape` hold others, as the elements' templates do. */
export type Value =
  | string
  | number
  | null
  | {readonly none: 'undefined' | 'nothing'}
  | {readonly list: readonly Value[]}
  | {readonly shape: number; readonly values: readonly Value[]};

/** The templates, as the texts between their bindings; the last but one holds every kind of binding. */
export const shapes: readonly (readonly string[])[] = [
  ['<p>', '</p>'],
  ['', ''],
  ['<b>', '</b>', ''],
  [' text ', '<i></i>', ' more '],
  ['<ul><li>', '</li><li class="', '">', '</li></ul>'],
  ['<a href="', '" data-x="', '" title="=">', '</a><a data-y="', '">', '</a>'],
  [
    '<input .value="',
    '" ?disabled="',
    '" aria-label="',
    '" @click="',
    '"><span @click="',
    '">',
    '</span>',
  ],
  ['<select><option>', '</option>', '</select>'],
];

/** For each binding of a shape what it is in: between tags, or the first character of the attribute. */
export const places = (shape: number): string[] =>
  shapes[shape]!.slice(0, -1).map(text => /([.?@]?)[\w-]+="$/.exec(text)?.[0][0] ?? ' ');

/** Runs in the page: renders the values one after the other with both, and gives what each has drawn. */
export async function drawBoth(
  runs: readonly Value[],
  given: readonly (readonly string[])[],
): Promise<[string, string][]> {
  const {lits} = globalThis as unknown as {lits: readonly (typeof Lit)[]};
  const drawn = await Promise.all(
    lits.map(async ({html, LitElement, nothing}) => {
      // One identity per template, as a source text has.
      const all = given.map(texts => Object.assign([...texts], {raw: texts}));
      let calls: string[] = [];
      const valueOf = (value: Value, place = ' '): unknown => {
        if (place === '@') return () => calls.push(JSON.stringify(value));
        if (place === '?') return value !== null && value !== '';
        if (value === null || typeof value !== 'object')
          return place === ' ' || value !== null ? value : '';
        if (place !== ' ') return JSON.stringify(value);
        if ('none' in value) return value.none === 'nothing' ? nothing : undefined;
        if ('list' in value) return value.list.map(one => valueOf(one));
        const texts = all[value.shape]!;
        const filled = texts
          .slice(0, -1)
          .map((text, index) =>
            valueOf(value.values[index] ?? '', /([.?@]?)[\w-]+="$/.exec(text)?.[0][0]),
          );
        return html(texts, ...filled);
      };
      const tag = `x-${Math.random().toString(36).slice(2)}`;
      class Drawing extends LitElement {
        static override styles = [];
        static override properties = {value: {attribute: false}};
        declare value: unknown;
        protected override render(): unknown {
          return this.value;
        }
      }
      customElements.define(tag, Drawing);
      const element = document.body.appendChild(new Drawing());
      const seen: string[] = [];
      for (const value of runs) {
        element.value = valueOf(value);
        await element.updateComplete;
        calls = [];
        const root = element.shadowRoot!;
        for (const node of root.querySelectorAll<HTMLElement>('*')) {
          node.dispatchEvent(new Event('click'));
          calls.push(JSON.stringify((node as Partial<HTMLInputElement>).value ?? null));
        }
        seen.push(`${root.innerHTML.replaceAll(/<!--.*?-->/g, '')} ${calls.join()}`);
      }
      element.remove();
      return seen;
    }),
  );
  return runs.map((_, index) => [drawn[0]![index]!, drawn[1]![index]!]);
}

/** Runs in the page: the life of an element, with both. Gives what was noted along the way. */
export async function liveBoth(): Promise<[string[], string[]]> {
  const {lits} = globalThis as unknown as {lits: readonly (typeof Lit)[]};
  const lives = lits.map(async ({css, html, LitElement}) => {
    const notes: string[] = [];
    const tag = `x-${Math.random().toString(36).slice(2)}`;
    const early = document.createElement(tag) as HTMLElement & Record<string, unknown>;
    early['format'] = 'early';
    early['offer'] = {early: true};
    early.setAttribute('format', 'attribute');
    early.setAttribute('days', '7');
    document.body.append(early);
    let fails = false;
    class Living extends LitElement {
      static override styles = [
        css`
          :host {
            color: red;
          }
        `,
      ];
      static override properties = {
        format: {reflect: true},
        open: {type: Boolean, reflect: true},
        days: {type: Number},
        period: {converter: (text: string | null) => `<${text}>`},
        signIn: {attribute: 'sign-in'},
        offer: {attribute: false},
      };
      declare format: string | null;
      declare open: boolean;
      declare days: number | null;
      declare period: string;
      declare signIn: string;
      declare offer: unknown;
      constructor() {
        super();
        this.format = 'inline';
        this.open = false;
        for (const name of ['first', 'second']) {
          this.addController({
            hostConnected: () => notes.push(`${name} connected, root ${!!this.renderRoot}`),
            hostDisconnected: () => notes.push(`${name} disconnected`),
          });
        }
      }
      protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
        notes.push(`will ${JSON.stringify([...changed])} ${this.hasUpdated}`);
        // What is set here is part of this update.
        if (this.days === 9) this.format = 'nine';
      }
      protected override render(): unknown {
        if (fails) throw new Error('no words');
        const {format, open, days, period, signIn, offer} = this;
        return html`<p>${JSON.stringify([format, open, days, period, signIn, offer])}</p>`;
      }
      protected override updated(changed: Map<PropertyKey, unknown>): void {
        notes.push(`updated ${[...changed.keys()].join()} ${this.outerHTML.replaceAll(tag, 'x')}`);
        notes.push(this.shadowRoot!.textContent.trim());
      }
    }
    customElements.define(tag, Living);
    const living = early as unknown as Living;
    const settled = async () => notes.push(`complete ${await living.updateComplete}`);
    await settled();
    notes.push(getComputedStyle(living).color);
    living.open = true;
    living.open = false;
    living.open = true;
    await settled();
    living.open = living.open;
    living.requestUpdate();
    await settled();
    living.days = 9;
    await settled();
    for (const [name, text] of Object.entries({
      open: null,
      format: 'bar',
      days: '12',
      period: 'month',
      'sign-in': '/in',
    })) {
      if (text === null) living.removeAttribute(name);
      else living.setAttribute(name, text);
    }
    await settled();
    for (const name of ['days', 'period', 'format']) living.removeAttribute(name);
    await settled();
    living.format = null;
    living.format = 'dialog';
    living.remove();
    await settled();
    document.body.append(living);
    await settled();
    living.addController({hostConnected: () => notes.push('late')});
    fails = true;
    living.days = 1;
    notes.push(await living.updateComplete.then(String, String));
    fails = false;
    living.days = 2;
    await settled();
    // Made by the page, and not connected yet.
    const made = new Living();
    made.days = 3;
    await Promise.resolve();
    notes.push(`unconnected ${made.hasUpdated}`);
    document.body.append(made);
    await made.updateComplete;
    living.remove();
    made.remove();
    return notes;
  });
  const [one, other] = await Promise.all(lives);
  return [one!, other!];
}
