import {expect} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {nextFrames} from '../fake-timers.js';
import {
  cleanUp,
  elementAt,
  findPart,
  fullCopy,
  insideOf,
  partOf,
  picture,
  settled,
  showAppeal,
} from './fixtures.js';

const image = {src: picture, alt: '', width: 1200, height: 450};

/** Where the words of a part are, line by line. */
function linesOf(part: Element | undefined): readonly DOMRect[] {
  if (!part) return [];
  const range = document.createRange();
  const slot = part.querySelector('slot');
  range.selectNodeContents(slot?.assignedElements()[0] ?? part);
  return [...range.getClientRects()];
}

const meet = (one: DOMRect, other: DOMRect): boolean =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;

const sheetOf = (appeal: SupportAppealElement): HTMLElement =>
  appeal.shadowRoot!.querySelector<HTMLElement>('.sheet')!;

async function scroll(appeal: SupportAppealElement, top: number): Promise<void> {
  sheetOf(appeal).scrollTop = top;
  await nextFrames();
}

/** The cross is pressed where it is seen, on no line of the words that go under it. */
function seesCrossBesideWords(appeal: SupportAppealElement): void {
  const cross = partOf(appeal, 'close').getBoundingClientRect();
  const pressed = elementAt(cross.left + cross.width / 2, cross.top + cross.height / 2);
  expect(pressed?.closest('[part=close]') !== null, 'what is under the pointer').to.equal(true);
  for (const part of ['kicker', 'heading'])
    for (const line of linesOf(findPart(appeal, part)))
      expect(meet(cross, line), `the cross on the ${part}`).to.equal(false);
}

describe('the cross of a dialog', () => {
  afterEach(async () => {
    cleanUp();
    await setViewport({width: 800, height: 600});
  });

  for (const dir of ['ltr', 'rtl'])
    for (const {width, fontSize} of [
      {width: 1280, fontSize: 16},
      {width: 390, fontSize: 16},
      {width: 320, fontSize: 16},
      {width: 320, fontSize: 32},
      {width: 900, fontSize: 32},
    ])
      for (const {given, copy, slotted, drawn} of [
        {given: 'a kicker', copy: fullCopy},
        {given: 'no kicker', copy: {...fullCopy, kicker: undefined as unknown as string}},
        {
          given: 'a heading without a space',
          copy: {...fullCopy, heading: 'Donaudampfschifffahrtsgesellschaftskapitänskajüte'},
        },
        {given: 'a kicker of many words', copy: {...fullCopy, kicker: 'From the desk '.repeat(12)}},
        {given: 'a heading in the page', copy: {}, slotted: 'We were at every one of the meetings'},
        {given: 'a picture', copy: fullCopy, drawn: image},
      ])
        it(`stands beside the first words, given ${given}, ${dir}, at ${width} px and a text of ${fontSize} px`, async function () {
          await setViewport({width, height: 700});
          // A window of WebKitGTK's cannot be that narrow.
          if (innerWidth > width) this.skip();
          document.documentElement.dir = dir;
          document.documentElement.style.fontSize = `${fontSize}px`;
          const appeal = await showAppeal({format: 'dialog', copy, image: drawn});
          if (slotted) {
            const heading = document.createElement('h2');
            heading.slot = 'heading';
            heading.textContent = slotted;
            appeal.append(heading);
            await settled(appeal);
          }
          const outer = sheetOf(appeal).getBoundingClientRect();
          const cross = partOf(appeal, 'close').getBoundingClientRect();
          const glyph = partOf(appeal, 'close').querySelector('svg')!.getBoundingClientRect();
          const [first] = linesOf(findPart(appeal, 'kicker') ?? partOf(appeal, 'heading'));
          seesCrossBesideWords(appeal);
          // As far from the edge as the words on the other side, within a pixel or two of the drawing.
          const ahead = dir === 'rtl' ? outer.right - first!.right : first!.left - outer.left;
          const behind = dir === 'rtl' ? glyph.left - outer.left : outer.right - glyph.right;
          const barWidth = sheetOf(appeal).offsetWidth - sheetOf(appeal).clientWidth;
          expect(behind - barWidth).to.be.closeTo(ahead, 3);
          expect(cross.top - outer.top).to.be.within(4, 24);
          // No row of its own: the words begin where it does, or below the picture.
          if (!drawn) expect(first!.top - outer.top).to.be.below(44);
          else expect(partOf(appeal, 'image').getBoundingClientRect().top).to.equal(outer.top);
          const end = sheetOf(appeal).scrollHeight;
          for (let top = 20; top < Math.min(end, 400); top += 45) {
            await scroll(appeal, top);
            seesCrossBesideWords(appeal);
            // What has gone up is under the strip, not under the cross.
            const y = cross.top + cross.height / 2;
            const x = dir === 'rtl' ? cross.right + 4 : cross.left - 4;
            const under = elementAt(x, y);
            expect(
              under?.closest('[part=copy], [part=benefits], [part=highlight]') ?? null,
            ).to.equal(null);
          }
        });

  it('leaves room for the words with letters at twice their size on a phone', async function () {
    await setViewport({width: 320, height: 640});
    if (innerWidth > 320) this.skip();
    document.documentElement.style.fontSize = '32px';
    const appeal = await showAppeal({format: 'dialog', methods: ['Card', 'Apple Pay']});
    const shown = insideOf(appeal).filter(element => element.matches('[part=heading] h2'));
    const {left, top} = shown[0]!.getBoundingClientRect();
    expect(elementAt(left + 4, top + 20)?.closest('[part=heading]') !== null).to.equal(true);
    for (const part of ['submit', 'later', 'close']) {
      partOf(appeal, part).scrollIntoView({block: 'nearest'});
      await nextFrames();
      const box = partOf(appeal, part).getBoundingClientRect();
      const pressed = elementAt(box.left + box.width / 2, box.top + box.height / 2);
      expect(pressed?.closest('button') === partOf(appeal, part), part).to.equal(true);
    }
  });
});
