import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../src/define/all.js';
import {page} from '../../src/browser/page.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import type {Copy} from '../../src/core/campaigns/campaign.js';
import {waitUntil} from '../wait-until.js';

/** For what comes when it comes. */

const part = (appeal: SupportAppealElement, name: string) =>
  appeal.shadowRoot!.querySelector<HTMLElement>(`[part~=${name}]`)!;
const ask = (appeal: SupportAppealElement) =>
  appeal.shadowRoot!.querySelector('support-ask')!.shadowRoot!;
const submit = (appeal: SupportAppealElement) =>
  ask(appeal).querySelector<HTMLElement>('[part~=submit]')!;

/** An appeal that is shown on a page where something else decides. */
async function aShownAppeal(
  overrides: Partial<SupportAppealElement> = {},
): Promise<SupportAppealElement> {
  page().directed = 1;
  const appeal = document.createElement('support-appeal');
  const copy: Copy = {heading: 'A message', body: ['From {from}, we are yours.']};
  Object.assign(appeal, {campaign: 'winter', checkout: '/checkout', copy, ...overrides});
  await fixture(html`<div>${appeal}</div>`);
  appeal.show();
  await waitUntil(
    () => appeal.shadowRoot!.querySelector('support-ask')?.shadowRoot?.querySelector('form'),
    'the form',
  );
  await appeal.updateComplete;
  return appeal;
}

/** How the letters of an element stand on the line: from the first to the last, left to right or the reverse. */
function directionOf(element: Element): 'ltr' | 'rtl' {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const places: number[] = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const {data} = text as Text;
    for (let at = 0; at < data.length; at += 1) {
      if (!/\p{L}|\p{N}/u.test(data[at]!)) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      places.push(range.getBoundingClientRect().left);
    }
  }
  expect(places.length).to.be.greaterThan(1);
  return places[0]! < places.at(-1)! ? 'ltr' : 'rtl';
}

describe('an appeal and the page around it', () => {
  afterEach(() => {
    for (const one of document.querySelectorAll('support-appeal, dialog')) one.remove();
    localStorage.clear();
    Reflect.deleteProperty(globalThis, Symbol.for('reader-support'));
  });

  it('stays under a dialog that the page opens later; Escape closes the topmost only', async () => {
    const appeal = await aShownAppeal({format: 'dialog'});
    const ours = part(appeal, 'base') as HTMLDialogElement;
    await waitUntil(() => ours.open, 'our dialog');
    const theirs = document.createElement('dialog');
    theirs.innerHTML = '<button>Sign in</button>';
    document.body.append(theirs);
    // Browsers close together what opened without a press of the reader's in between.
    await sendKeys({press: 'a'});
    theirs.showModal();
    const {left, top, width, height} = theirs.getBoundingClientRect();
    expect(
      document.elementFromPoint(left + width / 2, top + height / 2)?.closest('dialog'),
    ).to.equal(theirs);
    await sendKeys({press: 'Escape'});
    await waitUntil(() => !theirs.open, 'their dialog is closed');
    expect(appeal.open).to.equal(true);
    expect(ours.open).to.equal(true);
    part(appeal, 'close').focus();
    await sendKeys({press: 'Escape'});
    await waitUntil(() => !appeal.open, 'ours is closed');
  });

  describe('an override of direction in the copy', () => {
    // What an editor pastes from a mail: an override that is never ended.
    const pasted = 'Support \u202ethe paper';

    it('ends with its line, so that amounts and buttons are read as they are written', async () => {
      const appeal = await aShownAppeal({
        copy: {heading: pasted, body: [pasted, 'Give what you can.'], reassurance: pasted},
      });
      expect(directionOf(part(appeal, 'heading'))).to.equal('ltr');
      const [first, second] = part(appeal, 'copy').querySelectorAll('p');
      expect(first!.textContent).to.equal(pasted);
      expect(directionOf(second!)).to.equal('ltr');
      expect(directionOf(submit(appeal))).to.equal('ltr');
      const label = ask(appeal).querySelector('[part~=amount] label:has([value="1000"])')!;
      expect(directionOf(label)).to.equal('ltr');
    });
  });

  for (const {given, lang, dir, button} of [
    {given: 'English words on an Arabic page', lang: 'ar', dir: 'rtl', button: 'rtl'},
    {given: 'Arabic words on an English page', lang: 'en', dir: 'ltr', button: 'ltr'},
  ])
    it(`keeps its amounts legible given ${given}`, async () => {
      document.documentElement.lang = lang;
      document.documentElement.dir = dir;
      try {
        const appeal = await aShownAppeal({
          copy:
            lang === 'ar'
              ? {heading: 'A message', body: ['From {from} a month (or more).']}
              : {heading: 'رسالة', body: ['من {from} في الشهر (أو أكثر).']},
        });
        expect(directionOf(submit(appeal))).to.equal(button);
        let seen = 0;
        // Digits of one amount stand together and in their order, in either direction.
        for (const label of ask(appeal).querySelectorAll('[part~=amount] label')) {
          const digits = /[\d٠-٩]+/.exec(label.textContent)?.[0] ?? '';
          if (digits.length < 2) continue;
          const range = document.createRange();
          const text = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
          for (let node = text.nextNode(); node; node = text.nextNode()) {
            const at = (node as Text).data.indexOf(digits);
            if (at < 0) continue;
            const leftOf = (place: number) => {
              range.setStart(node, place);
              range.setEnd(node, place + 1);
              return range.getBoundingClientRect().left;
            };
            seen += 1;
            expect(leftOf(at), digits).to.be.lessThan(leftOf(at + digits.length - 1));
          }
        }
        expect(seen).to.be.greaterThan(1);
      } finally {
        document.documentElement.lang = 'en';
        document.documentElement.dir = '';
      }
    });

  for (const [given, token] of [
    ['an address', 'url(/never-fetched.png)'],
    ['an address of data', 'url("data:image/svg+xml,<svg/>")'],
    ['a sum that is none', 'calc(1px +)'],
    ['a word that is no colour', 'legible'],
    ['an empty value', ' '],
    ['a property that is not there', 'var(--nobody-has-set-this)'],
    ['a property that is itself', 'var(--support-text)'],
    ['an end of the rule', 'red} :host {display: none'],
    ['an end of the style sheet', '</style><script>globalThis.stolen = 1</script>'],
  ] as const)
    it(`is legible, whole and fetches nothing, where every colour is ${given}`, async () => {
      const before = performance.getEntriesByType('resource').length;
      const appeal = await aShownAppeal();
      for (const name of [
        'background',
        'text',
        'muted',
        'border',
        'accent',
        'on-accent',
        'error',
        'focus',
        'rule',
      ])
        appeal.style.setProperty(`--support-${name}`, token);
      await appeal.updateComplete;
      await expect(appeal).to.be.accessible();
      expect(appeal.checkVisibility()).to.equal(true);
      expect(submit(appeal).getBoundingClientRect().height).to.be.at.least(44);
      const fetched = performance
        .getEntriesByType('resource')
        .slice(before)
        .map(({name}) => name);
      expect(fetched.filter(name => name.includes('never-fetched'))).to.be.empty;
    });

  for (const format of ['bar', 'dialog'] as const)
    it(`has a colour behind it and no picture while it says goodbye as a ${format}`, async () => {
      const appeal = await aShownAppeal({format});
      appeal.style.setProperty('--support-background', 'url(/never-fetched.png)');
      appeal.remindLater();
      await waitUntil(() => part(appeal, 'status').textContent.trim(), 'a farewell');
      expect(appeal.closing).to.equal(true);
      expect(getComputedStyle(appeal).backgroundImage).to.equal('none');
    });
});
