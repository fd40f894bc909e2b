import {expect} from '@open-wc/testing';
import {sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {FakeTimers, nextFrames} from '../fake-timers.js';
import {waitUntil} from '../wait-until.js';
import {
  choose,
  cleanUp,
  elementAt,
  findPart,
  isSeen,
  partOf,
  press,
  settled,
  showAppeal,
  textOf,
  type,
} from './fixtures.js';

const reasons = ['close', 'later', 'already', 'never'] as const;

/** An article with text before and after the appeal, in a window that it overflows. */
function anArticle(before: number): HTMLElement {
  const article = document.createElement('article');
  article.className = 'fixture';
  for (let at = 0; at < before; at += 1) {
    const paragraph = document.createElement('p');
    paragraph.textContent = 'The harbour board has voted to dredge the basin this spring. '.repeat(
      4,
    );
    article.append(paragraph);
  }
  document.body.append(article);
  return article;
}

async function inAnArticle(
  before = 6,
  properties: Partial<SupportAppealElement> = {},
): Promise<SupportAppealElement> {
  const article = anArticle(before);
  const appeal = await showAppeal(properties, article);
  const after = document.createElement('div');
  after.style.height = '3000px';
  article.append(after);
  return appeal;
}

/** Where everything stands that comes before the appeal, in the window. */
const placesAbove = (appeal: Element) =>
  JSON.stringify(
    [...appeal.parentElement!.children]
      .slice(0, [...appeal.parentElement!.children].indexOf(appeal))
      .map(element => element.getBoundingClientRect()),
  );

async function reveal(appeal: SupportAppealElement, name: string): Promise<void> {
  if (isSeen(findPart(appeal, name))) return;
  if (findPart(appeal, 'expand')) await press(appeal, 'expand');
  if (!isSeen(findPart(appeal, name))) await press(appeal, 'more');
}

const hasFocus = (appeal: SupportAppealElement, name: string) =>
  partOf(appeal, name).matches(':focus');

describe('an appeal that the reader has closed', () => {
  afterEach(async () => {
    cleanUp();
    scrollTo(0, 0);
    await setViewport({width: 800, height: 600});
  });

  for (const name of reasons)
    for (const width of [1280, 360])
      it(`shrinks with the press of "${name}" at ${width} px, and moves nothing above it`, async () => {
        await setViewport({width, height: 700});
        const appeal = await inAnArticle();
        await reveal(appeal, name);
        partOf(appeal, name).scrollIntoView({block: 'center'});
        await nextFrames();
        const whole = appeal.offsetHeight;
        const above = placesAbove(appeal);
        const scrolled = scrollY;
        const isAbove = appeal.getBoundingClientRect().top < 0;
        partOf(appeal, name).click();
        await appeal.updateComplete;
        expect(appeal.offsetHeight).to.be.below(whole / 2);
        const slim = appeal.offsetHeight;
        expect(hasFocus(appeal, 'panel')).to.equal(true);
        const {top} = partOf(appeal, 'panel').getBoundingClientRect();
        if (isAbove) {
          expect(top).to.be.closeTo(0, 1);
        } else {
          expect(scrollY).to.equal(scrolled);
          expect(placesAbove(appeal)).to.equal(above);
        }
        await settled(appeal);
        await waitUntil(() => textOf(appeal, 'status'), 'what was remembered');
        expect(appeal.offsetHeight).to.equal(slim);
        await expect(appeal).to.be.accessible();
      });

  for (const name of reasons)
    it(`takes a second press of "${name}" in the same place for half a second`, async () => {
      await setViewport({width: 800, height: 700});
      const appeal = await inAnArticle(1);
      await reveal(appeal, name);
      partOf(appeal, name).scrollIntoView({block: 'center'});
      const {left, right, top, bottom} = partOf(appeal, name).getBoundingClientRect();
      const point = [Math.round((left + right) / 2), Math.round((top + bottom) / 2)] as const;
      let presses = 0;
      const count = () => (presses += 1);
      const link = document.createElement('button');
      link.textContent = 'Read on';
      link.style.cssText = 'display:block;inline-size:100%;block-size:900px';
      link.addEventListener('click', count);
      appeal.after(link);
      const timers = new FakeTimers();
      try {
        await sendMouse({type: 'click', position: [...point]});
        await appeal.updateComplete;
        expect(appeal.closing).to.equal(true);
        expect(elementAt(...point)?.className, 'at once').to.equal('guard');
        await sendMouse({type: 'click', position: [...point]});
        await timers.advance(499);
        expect(elementAt(...point)?.className, 'after 499 ms').to.equal('guard');
        expect(presses).to.equal(0);
        await timers.advance(1);
        expect(elementAt(...point)?.className, 'after 500 ms').not.to.equal('guard');
      } finally {
        timers.restore();
      }
      expect(appeal.shadowRoot!.querySelector('.guard') === null).to.equal(true);
    });

  it('is brought into view where the press left its top above the window', async () => {
    await setViewport({width: 360, height: 500});
    const appeal = await inAnArticle();
    partOf(appeal, 'later').scrollIntoView({block: 'end'});
    expect(appeal.getBoundingClientRect().top).to.be.below(0);
    partOf(appeal, 'later').click();
    await appeal.updateComplete;
    const {top, bottom} = partOf(appeal, 'panel').getBoundingClientRect();
    expect(top).to.be.at.least(0);
    expect(bottom).to.be.at.most(500);
  });

  for (const name of reasons)
    it(`keeps its line after "${name}" when it has been out of view`, async () => {
      const appeal = await inAnArticle();
      await reveal(appeal, name);
      await press(appeal, name);
      await waitUntil(() => textOf(appeal, 'status'), 'what was remembered');
      const before = [appeal.offsetHeight, textOf(appeal, 'status')];
      scrollTo(0, 3000);
      await nextFrames();
      scrollTo(0, 0);
      await nextFrames();
      expect([appeal.offsetHeight, textOf(appeal, 'status')]).to.deep.equal(before);
      expect(isSeen(partOf(appeal, 'undo'))).to.equal(true);
    });

  for (const format of ['inline', 'bar', 'dialog'] as const)
    for (const {given, act, value} of [
      {
        given: 'a typed amount',
        act: async (appeal: SupportAppealElement) => {
          await choose(appeal, 'amount', 'custom');
          await type(appeal, '12.50');
        },
        value: 'Support with $12.50 a month',
      },
      {
        given: 'another frequency',
        act: (appeal: SupportAppealElement) => choose(appeal, 'frequency', 'annual'),
        value: 'Support with $100 a year',
      },
      {
        given: 'another tile',
        act: (appeal: SupportAppealElement) => choose(appeal, 'amount', 2000),
        value: 'Support with $20 a month',
      },
    ])
      it(`is as it was left when the reader takes it back as ${format}, given ${given}`, async () => {
        await setViewport({width: 1000, height: 800});
        const appeal = await showAppeal({format, collapsed: false});
        await act(appeal);
        expect(textOf(appeal, 'submit')).to.equal(value);
        await press(appeal, 'later');
        expect(isSeen(partOf(appeal, 'panel'))).to.equal(true);
        expect(appeal.open).to.equal(false);
        await press(appeal, 'undo');
        expect(appeal.open).to.equal(true);
        expect(isSeen(partOf(appeal, 'submit'))).to.equal(true);
        expect(isSeen(partOf(appeal, 'panel'))).to.equal(false);
        expect(textOf(appeal, 'submit').replace('Give', 'Support with')).to.contain(value);
        await expect(appeal).to.be.accessible();
      });

  for (const format of ['inline', 'bar', 'dialog'] as const)
    for (const {given, act, stays} of [
      {given: 'a pointer that has gone', act: 'move', stays: format === 'inline'},
      {given: 'a pointer over it', act: 'stay', stays: true},
      {given: 'the keyboard', act: 'keys', stays: true},
      {given: 'the keyboard, whose focus has gone on', act: 'tab away', stays: format === 'inline'},
    ] as const)
      it(`${stays ? 'stays' : 'leaves'} after 15 seconds as ${format}, given ${given}`, async () => {
        await setViewport({width: 1000, height: 700});
        const link = document.createElement('a');
        link.href = '#';
        link.textContent = 'Read on';
        const appeal = await inAnArticle(1, {format, collapsed: false});
        appeal.parentElement!.prepend(link);
        const middleOf = (name: string): [number, number] => {
          const {left, right, top, bottom} = partOf(appeal, name).getBoundingClientRect();
          return [Math.round((left + right) / 2), Math.round((top + bottom) / 2)];
        };
        partOf(appeal, 'later').scrollIntoView({block: 'center'});
        const timers = new FakeTimers();
        try {
          if (act === 'move' || act === 'stay') {
            await sendMouse({type: 'click', position: middleOf('later')});
          } else {
            partOf(appeal, 'later').focus();
            await sendKeys({press: 'Enter'});
          }
          await appeal.updateComplete;
          await timers.advance(1000);
          expect(hasFocus(appeal, 'panel'), 'the focus').to.equal(true);
          await sendMouse({type: 'move', position: act === 'stay' ? middleOf('panel') : [5, 5]});
          if (act === 'tab away') link.focus();
          await timers.advance(13_900);
          await appeal.updateComplete;
          expect(isSeen(partOf(appeal, 'panel')), 'before').to.equal(true);
          await timers.advance(200);
          await appeal.updateComplete;
          expect(isSeen(findPart(appeal, 'panel')), 'after').to.equal(stays);
          // Whoever is done with it later is given as much time again.
          if (act === 'keys' && format !== 'inline') {
            link.focus();
            await timers.advance(15_000);
            await appeal.updateComplete;
            expect(isSeen(findPart(appeal, 'panel')), 'once it is left').to.equal(false);
          }
        } finally {
          timers.restore();
          await sendMouse({type: 'move', position: [5, 5]});
        }
      });

  it('has choices that the keyboard reaches next, and the calendar once one is taken', async () => {
    const appeal = await inAnArticle(1);
    await press(appeal, 'later');
    expect(findPart(appeal, 'calendar') === undefined).to.equal(true);
    await sendKeys({press: 'Tab'});
    expect(hasFocus(appeal, 'undo')).to.equal(true);
    await sendKeys({press: 'Tab'});
    await sendKeys({press: 'Enter'});
    await settled(appeal);
    expect(isSeen(partOf(appeal, 'calendar'))).to.equal(true);
    expect(findPart(appeal, 'remind') === undefined).to.equal(true);
    expect(hasFocus(appeal, 'panel')).to.equal(true);
  });
});
