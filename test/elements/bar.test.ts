import {expect} from '@open-wc/testing';
import {sendKeys, setViewport} from '@web/test-runner-commands';
import type {CheckoutIntent} from '../../src/core/money/checkout.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {
  choose,
  cleanUp,
  elementAt,
  findPart,
  formOf,
  fullCopy,
  isSeen,
  partOf,
  press,
  settled,
  showAppeal,
  textOf,
  type,
} from './fixtures.js';

/** Sentences of 60 characters. */
const sentences: Readonly<Record<string, string>> = {
  en: 'Four people bring you this paper. Will you pay for one hour?',
  de: 'Vier Leute machen diese Zeitung. Bezahlen Sie eine Stunde ?!',
  fr: 'Quatre personnes font ce journal. Payez-vous une heure ici ?',
  es: 'Cuatro personas hacen este diario. ¿Nos paga una hora hoy ??',
  ru: 'Эту газету делают четыре человека. Оплатите час их работы ?!',
  ar: 'يصنع أربعة أشخاص هذه الصحيفة كل يوم. هل تدفع أجر ساعة واحدة؟',
};
const desktop = {width: 1280, height: 800};
const phone = {width: 360, height: 640};

const showBar = (properties: Partial<SupportAppealElement> = {}) =>
  showAppeal({format: 'bar', ...properties});
const hasFocus = (appeal: Element, name: string) => partOf(appeal, name).matches(':focus');

describe('a bar of one line', () => {
  afterEach(async () => {
    cleanUp();
    await setViewport({width: 800, height: 600});
  });

  for (const [lang, collapsed] of Object.entries(sentences)) {
    for (const {size, most} of [
      {size: desktop, most: 96},
      {size: phone, most: 128},
    ])
      it(`is at most ${most} px high at ${size.width} × ${size.height} with 60 characters in ${lang}`, async () => {
        expect(collapsed.length).to.be.closeTo(60, 2);
        await setViewport(size);
        document.documentElement.lang = lang;
        document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
        const appeal = await showBar({copy: {...fullCopy, collapsed}});
        expect(appeal.offsetHeight).to.be.at.most(most);
        for (const name of ['submit', 'later', 'expand', 'close']) {
          const {left, right, top, bottom} = partOf(appeal, name).getBoundingClientRect();
          expect(Math.min(left, top), name).to.be.at.least(0);
          expect(right, name).to.be.at.most(innerWidth);
          expect(bottom, name).to.be.at.most(innerHeight);
        }
        await expect(appeal).to.be.accessible();
        const line = partOf(appeal, 'collapsed');
        if (size === desktop) expect(line.scrollHeight).to.be.at.most(line.clientHeight + 1);
        else await press(appeal, 'expand');
        expect(appeal.shadowRoot!.querySelector('.sheet')!.textContent).to.contain(collapsed);
      });

    for (const {width, height} of [desktop, phone])
      it(`takes at most half of ${width} × ${height} with letters at twice their size in ${lang}`, async () => {
        await setViewport({width, height});
        document.documentElement.lang = lang;
        document.documentElement.style.setProperty('font-size', '32px');
        const appeal = await showBar({copy: {...fullCopy, collapsed}});
        expect(appeal.offsetHeight).to.be.at.most(height / 2);
        expect(partOf(appeal, 'close').getBoundingClientRect().right).to.be.at.most(width);
      });
  }

  it('says amount, interval and "until you cancel" on its button', async () => {
    const appeal = await showBar();
    expect(textOf(appeal, 'submit')).to.equal('Give $10 a month until you cancel');
    appeal.frequencies = ['once'];
    await settled(appeal);
    expect(textOf(appeal, 'submit')).to.equal('Give $25 once');
  });

  for (const size of [desktop, phone])
    it(`ends a long sentence after two lines, and has all of it in the open form at ${size.width} px`, async () => {
      await setViewport(size);
      const collapsed = 'Four people bring you this paper every day. '.repeat(6).trim();
      const appeal = await showBar({copy: {...fullCopy, collapsed}});
      const line = partOf(appeal, 'collapsed');
      const lines = line.clientHeight / parseFloat(getComputedStyle(line).lineHeight);
      expect(lines).to.be.closeTo(2, 0.1);
      expect(line.scrollHeight).to.be.above(line.clientHeight + 10);
      await press(appeal, 'expand');
      const whole = [...appeal.shadowRoot!.querySelectorAll('p')].find(
        paragraph => paragraph.textContent.trim() === collapsed,
      );
      expect(isSeen(whole)).to.equal(true);
      expect(whole!.scrollHeight).to.be.at.most(whole!.clientHeight + 1);
    });

  for (const size of [desktop, phone])
    it(`opens and closes by the reader's act alone, and moves the focus, at ${size.width} px`, async () => {
      await setViewport(size);
      const appeal = await showBar();
      expect(document.activeElement === appeal).to.equal(false);
      expect(partOf(appeal, 'expand').getAttribute('aria-expanded')).to.equal('false');
      partOf(appeal, 'expand').focus();
      await sendKeys({press: 'Enter'});
      await settled(appeal);
      expect(hasFocus(appeal, 'heading')).to.equal(true);
      expect(findPart(appeal, 'expand') === undefined).to.equal(true);
      expect(partOf(appeal, 'collapse').getAttribute('aria-expanded')).to.equal('true');
      await expect(appeal).to.be.accessible();
      await sendKeys({press: 'Escape'});
      await settled(appeal);
      expect(appeal.open).to.equal(true);
      expect(appeal.view).to.equal('button');
      expect(hasFocus(appeal, 'expand')).to.equal(true);
      await press(appeal, 'expand');
      await press(appeal, 'collapse');
      expect(hasFocus(appeal, 'expand')).to.equal(true);
      expect(localStorage.length).to.equal(0);
    });
});

describe('a bar that is open', () => {
  afterEach(async () => {
    cleanUp();
    await setViewport({width: 800, height: 600});
  });

  for (const size of [
    desktop,
    phone,
    {width: 800, height: 600},
    {width: 1024, height: 500},
    {width: 390, height: 420},
  ])
    it(`takes at most 65 % of ${size.width} × ${size.height}, its buttons in sight however far it is scrolled`, async () => {
      await setViewport(size);
      const appeal = await showBar();
      await press(appeal, 'expand');
      const sheet = appeal.shadowRoot!.querySelector('.sheet')!;
      expect(appeal.getBoundingClientRect().height).to.be.at.most(0.65 * size.height + 0.5);
      for (const share of [0, 0.25, 0.5, 0.75, 1]) {
        sheet.scrollTop = share * (sheet.scrollHeight - sheet.clientHeight);
        for (const name of ['submit', 'later', 'close', 'collapse']) {
          const target = partOf(appeal, name);
          const {left, right, top, bottom} = target.getBoundingClientRect();
          expect(top, `${name} at ${share}`).to.be.at.least(0);
          expect(bottom, `${name} at ${share}`).to.be.at.most(size.height);
          const hit = elementAt((left + right) / 2, (top + bottom) / 2);
          expect(target.contains(hit), `${name} at ${share}`).to.equal(true);
        }
      }
    });

  for (const {given, size, view} of [
    {given: 'a desktop', size: desktop, view: undefined},
    {given: 'a phone', size: phone, view: 'amounts'},
  ])
    it(`is so at once where the site says so, on ${given}, and takes no focus`, async () => {
      await setViewport(size);
      const appeal = await showBar({collapsed: false});
      expect(appeal.view).to.equal(view);
      expect(findPart(appeal, 'collapsed') === undefined).to.equal(true);
      expect(document.activeElement === appeal).to.equal(false);
      expect(isSeen(partOf(appeal, 'amount'))).to.equal(true);
      await press(appeal, 'collapse');
      expect(isSeen(partOf(appeal, 'collapsed'))).to.equal(true);
    });

  describe('on a phone', () => {
    const intents: CheckoutIntent[] = [];
    beforeEach(async () => {
      intents.length = 0;
      await setViewport(phone);
    });
    const openOnPhone = async () => {
      const appeal = await showBar({
        checkout: intent => {
          intents.push(intent);
          return Promise.resolve({type: 'handled'});
        },
      });
      await press(appeal, 'expand');
      return appeal;
    };

    for (const typed of ['', 'abc', '1', '999999'])
      it(`stays at the amounts, and says why, given "${typed}"`, async () => {
        const appeal = await openOnPhone();
        await choose(appeal, 'amount', 'custom');
        await type(appeal, typed);
        await press(appeal, 'submit');
        expect(appeal.view).to.equal('amounts');
        expect(textOf(appeal, 'error')).to.contain('$2').and.to.contain('$1,000');
        expect(hasFocus(appeal, 'custom')).to.equal(true);
        expect(intents).to.have.length(0);
        await expect(appeal).to.be.accessible();
      });

    for (const {given, frequency, typed, minor, next, final} of [
      {
        given: 'the suggested amount',
        minor: 1000,
        next: 'Next: $10 a month',
        final: 'Support with $10 a month',
      },
      {
        given: 'another amount',
        typed: '12.50',
        minor: 1250,
        next: 'Next: $12.50 a month',
        final: 'Support with $12.50 a month',
      },
      {
        given: 'a gift once',
        frequency: 'once',
        minor: 2500,
        next: 'Next: $25 once',
        final: 'Support with $25 once',
      },
    ])
      it(`goes on, comes back and pays once, given ${given}`, async () => {
        const appeal = await openOnPhone();
        if (frequency) await choose(appeal, 'frequency', frequency);
        if (typed) {
          await choose(appeal, 'amount', 'custom');
          await type(appeal, typed);
        }
        expect(textOf(appeal, 'submit')).to.equal(next);
        expect(findPart(appeal, 'summary') === undefined).to.equal(true);
        await press(appeal, 'submit');
        expect(appeal.view).to.equal('summary');
        expect(hasFocus(appeal, 'collapse')).to.equal(true);
        expect(intents).to.have.length(0);
        await expect(appeal).to.be.accessible();
        await press(appeal, 'collapse');
        expect(appeal.view).to.equal('amounts');
        expect(hasFocus(appeal, 'heading')).to.equal(true);
        expect(textOf(appeal, 'submit')).to.equal(next);
        const field = partOf(appeal, 'custom') as HTMLInputElement;
        if (typed) expect(field.value).to.equal(typed);
        await press(appeal, 'submit');
        expect(textOf(appeal, 'submit')).to.equal(final);
        if (!frequency) expect(textOf(appeal, 'summary')).to.contain('until you cancel');
        await press(appeal, 'submit');
        expect(intents.map(({amount}) => amount.minor)).to.deep.equal([minor]);
        expect(intents[0]!.frequency).to.equal(frequency ?? 'monthly');
      });

    it('turns back to one line at Escape from the second step', async () => {
      const appeal = await openOnPhone();
      await press(appeal, 'submit');
      await sendKeys({press: 'Escape'});
      await settled(appeal);
      expect(appeal.view).to.equal('button');
      expect(hasFocus(appeal, 'expand')).to.equal(true);
    });

    it('opens the form where there is no amount to suggest', async () => {
      const appeal = await showBar({
        offer: {monthly: {USD: {min: 200, max: 900, presets: [], preset: 200}}},
      });
      await press(appeal, 'submit');
      expect(appeal.view).to.equal('amounts');
      expect(isSeen(formOf(appeal).querySelector('.field') ?? undefined)).to.equal(true);
    });
  });
});
