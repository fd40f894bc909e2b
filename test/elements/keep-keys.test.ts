import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../src/define/support-ask.js';
import {keepKeys} from '../../src/elements/shared/keep-keys.js';
import type {SupportAskElement} from '../../src/elements/ask/support-ask.js';
import {waitUntil} from '../wait-until.js';

describe('keepKeys()', () => {
  let reached: string[] = [];
  /** A page's handler of shortcuts, which swallows what it takes. */
  const swallow = (event: KeyboardEvent) => {
    reached.push(event.key);
    if (event.key.length === 1) event.preventDefault();
  };
  beforeEach(() => {
    reached = [];
    for (const type of ['keydown', 'keypress', 'keyup'] as const)
      document.addEventListener(type, swallow);
  });
  afterEach(() => {
    for (const type of ['keydown', 'keypress', 'keyup'] as const)
      document.removeEventListener(type, swallow);
  });

  const altGr = {modifierAltGraph: true, ctrlKey: true, altKey: true};
  const rows: readonly {key: string; init?: KeyboardEventInit; given?: string; isKept: boolean}[] =
    [
      ...['5', '.', ',', ' ', 'j', '/', '?', 'é', '٥', '😀'].map(key => ({key, isKept: true})),
      ...['Backspace', 'Delete', 'Enter', 'ArrowLeft', 'ArrowDown', 'Home', 'End', 'PageUp'].map(
        key => ({key, isKept: true}),
      ),
      {key: 'Dead', isKept: true},
      {key: 'Process', isKept: true},
      {key: 'J', init: {shiftKey: true}, given: 'Shift', isKept: true},
      {key: '@', init: altGr, given: 'AltGr', isKept: true},
      {key: 'Escape', init: {isComposing: true}, given: 'an input method', isKept: true},
      ...['Escape', 'Tab', 'F1', 'Shift', 'Control', 'Alt', 'Meta', 'AudioVolumeUp'].map(key => ({
        key,
        isKept: false,
      })),
      {key: 'k', init: {ctrlKey: true}, given: 'Ctrl', isKept: false},
      {key: 'k', init: {metaKey: true}, given: 'Cmd', isKept: false},
      {key: '1', init: {altKey: true}, given: 'Alt', isKept: false},
      {key: 'ArrowLeft', init: {altKey: true}, given: 'Alt', isKept: false},
    ];
  const fields = [
    ['the amount', '<input name="custom">', true],
    ['an address', '<input type="email">', true],
    ['a list', '<select></select>', true],
    ['a radio button', '<input type="radio">', false],
    ['a button', '<button></button>', false],
  ] as const;
  for (const [name, field, isTyped] of fields)
    for (const {key, init, given, isKept} of rows)
      it(`${isKept && isTyped ? 'keeps' : 'passes on'} "${key}"${given ? ` with ${given}` : ''} in ${name}`, () => {
        const host = document.body.appendChild(document.createElement('div'));
        const root = host.attachShadow({mode: 'open'});
        root.innerHTML = `<form>${field}</form>`;
        for (const type of ['keydown', 'keypress', 'keyup']) {
          root
            .querySelector('form')!
            .addEventListener(type, event => keepKeys(event as KeyboardEvent));
          root
            .querySelector('input,select,button')!
            .dispatchEvent(new KeyboardEvent(type, {key, bubbles: true, composed: true, ...init}));
        }
        host.remove();
        expect(reached).to.deep.equal(isKept && isTyped ? [] : [key, key, key]);
      });

  it('lets a reader type an amount on a page whose shortcuts swallow digits', async () => {
    const ask = await fixture<SupportAskElement>(html`<support-ask></support-ask>`);
    const find = () => ask.shadowRoot!.querySelector<HTMLInputElement>('input[name=custom]');
    await waitUntil(find);
    ask.shadowRoot!.querySelector<HTMLInputElement>('[value=custom]')!.click();
    await ask.updateComplete;
    find()!.focus();
    await sendKeys({type: '12'});
    await sendKeys({press: 'Backspace'});
    expect(find()!.value).to.equal('1');
    expect(reached).to.deep.equal([]);
    await sendKeys({press: 'Escape'});
    expect(reached).to.include('Escape');
  });
});
