import {expect} from '@open-wc/testing';
import {html, LitElement, nothing, render, type TemplateResult} from 'lit';
import {LocaleController, registerLocale} from '../../src/controllers/locale-controller.js';
import {nextFrames} from '../fake-timers.js';
import {waitUntil} from '../wait-until.js';

class SpeakerElement extends LitElement {
  readonly words = new LocaleController(this);
  renders = 0;

  protected override render(): unknown {
    const {ready, dir, language, t} = this.words;
    this.renders += 1;
    return ready ? html`<p lang=${language} dir=${dir}>${t('close')}</p>` : nothing;
  }
}
customElements.define('a-speaker', SpeakerElement);

const textOf = (element: Element) => element.shadowRoot?.textContent.trim();
let place: HTMLElement;

// Not `fixture()`: it waits for a frame, and a page in the background draws none.
const speaker = async (template: TemplateResult): Promise<SpeakerElement> => {
  render(template, place);
  const element = place.querySelector<SpeakerElement>('a-speaker')!;
  await element.updateComplete;
  return element;
};

describe('LocaleController', () => {
  beforeEach(() => {
    place = document.createElement('div');
    document.body.append(place);
  });
  afterEach(() => {
    place.remove();
    document.documentElement.removeAttribute('lang');
  });

  it('speaks English at once where the page states no language', async () => {
    const element = await speaker(html`<a-speaker></a-speaker>`);
    expect(textOf(element)).to.equal('Close');
    expect(element.words.locale).to.equal('en');
    expect(element.words.dir).to.equal('ltr');
  });

  it('shows nothing until the language is here, so that nothing flashes', async () => {
    const element = await speaker(html`<div lang="fr"><a-speaker></a-speaker></div>`);
    const seen = new Set([textOf(element)]);
    await waitUntil(() => textOf(element));
    seen.add(textOf(element));
    expect([...seen].filter(Boolean)).to.deep.equal(['Fermer']);
  });

  it('speaks the language of a region, and keeps the region for amounts', async () => {
    const element = await speaker(html`<div lang="de-AT"><a-speaker></a-speaker></div>`);
    await waitUntil(() => textOf(element) === 'Schließen');
    expect(element.words.locale).to.equal('de-AT');
    expect(element.words.language).to.equal('de');
  });

  for (const [tag, language] of [
    ['pt-BR', 'pt-BR'],
    ['pt', 'pt'],
    ['pt-PT', 'pt'],
    ['pt-AO', 'pt'],
  ]) {
    it(`speaks the Portuguese of Brazil, as ${language}, on a page in ${tag}`, async () => {
      const element = await speaker(html`<div lang=${tag}><a-speaker></a-speaker></div>`);
      await waitUntil(() => textOf(element) === 'Fechar');
      expect(element.words.locale).to.equal(tag);
      expect(element.words.language).to.equal(language);
    });
  }

  it('heeds the nearest language, its own before all', async () => {
    const element = await speaker(
      html`<div lang="de">
        <section lang="ru"><a-speaker lang="es"></a-speaker></section>
      </div>`,
    );
    await waitUntil(() => textOf(element) === 'Cerrar');
  });

  it('looks for the language across shadow roots', async () => {
    render(html`<div lang="es"><div></div></div>`, place);
    const host = place.querySelector('[lang] > div')!;
    const element = document.createElement('a-speaker');
    host.attachShadow({mode: 'open'}).append(element);
    await waitUntil(() => textOf(element) === 'Cerrar');
  });

  it('runs from right to left in Arabic, and isolates what it fills in', async () => {
    const element = await speaker(html`<a-speaker lang="ar-EG"></a-speaker>`);
    await waitUntil(() => textOf(element) === 'إغلاق');
    expect(element.words.dir).to.equal('rtl');
    expect(element.words.locale).to.equal('ar-EG');
    expect(element.words.t('button-amount', {amount: 'X'})).to.contain('\u2068X\u2069');
  });

  it('follows the page when that changes its language, and shows no other in between', async () => {
    document.documentElement.lang = 'en';
    const element = await speaker(html`<a-speaker></a-speaker>`);
    document.documentElement.lang = 'ru';
    await waitUntil(() => textOf(element) !== 'Close');
    expect(textOf(element)).to.equal('Закрыть');
    document.documentElement.lang = 'en';
    await waitUntil(() => textOf(element) === 'Close');
  });

  it('keeps the last language the page asked for, whichever comes first', async () => {
    document.documentElement.lang = 'de';
    const element = await speaker(html`<a-speaker></a-speaker>`);
    document.documentElement.lang = 'en';
    await waitUntil(() => textOf(element) === 'Close');
    // What was asked for first has come by then, and changes nothing.
    await import('../../src/locales/de.js');
    await nextFrames();
    expect(textOf(element)).to.equal('Close');
  });

  it('no longer listens once it is out of the page, and listens again when it is back', async () => {
    const element = await speaker(html`<a-speaker></a-speaker>`);
    const parent = element.parentElement!;
    element.remove();
    const {renders} = element;
    document.documentElement.lang = 'es';
    await nextFrames();
    expect(element.renders).to.equal(renders);
    parent.append(element);
    await waitUntil(() => textOf(element) === 'Cerrar');
  });

  for (const lang of ['', 'xx-YY', 'en_US', 'not a language', '…', 'x'.repeat(500)]) {
    it(`speaks English where the page says "${lang.slice(0, 20)}"`, async () => {
      const element = await speaker(html`<a-speaker lang=${lang}></a-speaker>`);
      expect(textOf(element)).to.equal('Close');
      expect(() => new Intl.NumberFormat(element.words.locale)).not.to.throw();
    });
  }

  for (const [lang, locale, word] of [
    ['DE', 'de', 'Schließen'],
    ['de_DE', 'de-DE', 'Schließen'],
    ['FR-ca', 'fr-CA', 'Fermer'],
    ['es_MX.UTF-8', 'es-MX', 'Cerrar'],
    ['ru-x-harbour', 'ru-x-harbour', 'Закрыть'],
  ] as const)
    it(`speaks the language of a page that spells it "${lang}"`, async () => {
      const element = await speaker(html`<a-speaker lang=${lang}></a-speaker>`);
      await waitUntil(() => textOf(element) === word);
      expect(element.words.locale).to.equal(locale);
    });

  for (const [registered, lang] of [
    ['sv_SE', 'sv-se'],
    ['FI', 'fi-FI'],
    ['zh-hant', 'zh_Hant_TW'],
  ] as const)
    it(`speaks words registered for "${registered}" on a page in "${lang}"`, async () => {
      registerLocale(registered, {close: `close in ${registered}`});
      const element = await speaker(html`<a-speaker lang=${lang}></a-speaker>`);
      expect(textOf(element)).to.equal(`close in ${registered}`);
    });

  it('speaks the words that were registered last, however their tag is written', async () => {
    registerLocale('da-DK', {close: 'first'});
    registerLocale('DA_dk', {close: 'second'});
    const element = await speaker(html`<a-speaker lang="da-DK"></a-speaker>`);
    expect(textOf(element)).to.equal('second');
  });

  it('speaks a language the site brings, at once, and English where that has no word', async () => {
    registerLocale('nl', {close: 'Sluiten'});
    const element = await speaker(html`<a-speaker lang="nl-BE"></a-speaker>`);
    expect(textOf(element)).to.equal('Sluiten');
    expect(element.words.t('later')).to.equal('Remind me later');
    expect(element.words.t('undo')).to.equal('Undo');
  });

  it('writes numbers and dates as the language does', async () => {
    const element = await speaker(html`<a-speaker lang="ru"></a-speaker>`);
    await waitUntil(() => textOf(element));
    const {t} = element.words;
    expect(t('articles', {count: 1})).to.equal('1 статья');
    expect(t('articles', {count: 3})).to.equal('3 статьи');
    expect(t('articles', {count: 12})).to.equal('12 статей');
    expect(t('reminded', {date: new Date(2027, 0, 5)})).to.match(/^5 января 2027/);
    expect(t('quiet', {date: new Date(NaN)})).to.be.a('string');
  });

  for (const [given, prototype, replacement] of [
    ['a string turned into an object', String.prototype, Object.prototype.toLocaleString],
    ['a string without', String.prototype, undefined],
    ['a number of its own', Number.prototype, () => 'a number'],
    ['a date of its own', Date.prototype, () => 'a date'],
  ] as const)
    it(`writes values whatever toLocaleString a page has, given ${given}`, async () => {
      const element = await speaker(html`<a-speaker lang="en"></a-speaker>`);
      const {t} = element.words;
      const original = Object.getOwnPropertyDescriptor(prototype, 'toLocaleString');
      Object.defineProperty(prototype, 'toLocaleString', {value: replacement, configurable: true});
      const shown = [
        t('per-monthly', {amount: '$5'}),
        t('articles', {count: 1234}),
        t('reminded', {date: new Date(2027, 0, 5)}),
      ];
      Reflect.deleteProperty(prototype, 'toLocaleString');
      if (original) Object.defineProperty(prototype, 'toLocaleString', original);
      expect(shown.join())
        .to.contain('$5 a month,1,234 articles')
        .and.to.contain('January 5, 2027');
    });

  it('never takes a value for a placeholder', async () => {
    const element = await speaker(html`<a-speaker></a-speaker>`);
    expect(element.words.t('pay', {amount: '{amount}$&'})).to.contain('pay {amount}$& until');
  });
});
