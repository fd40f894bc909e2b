import {expect} from '@open-wc/testing';
import {asScript, isClassSelector, paywallJsonLd} from '../../src/core/meter/paywall-json-ld.js';

describe('paywallJsonLd()', () => {
  it('declares which part of the article is for members', () => {
    expect(paywallJsonLd({headline: 'Tides'})).to.deep.equal({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: 'Tides',
      isAccessibleForFree: false,
      hasPart: {'@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.paywall'},
    });
  });

  it('accepts several parts, another type and further schema.org properties', () => {
    const data = paywallJsonLd({
      '@type': 'Report',
      cssSelector: ['.one', '.two'],
      isPartOf: {'@type': 'Product', productID: 'harbour:all'},
    });
    expect(data.hasPart).to.have.length(2);
    expect(data).to.include({'@type': 'Report'});
    expect(data['isPartOf']).to.deep.equal({'@type': 'Product', productID: 'harbour:all'});
  });

  it('overrides `isAccessibleForFree`', () => {
    expect(paywallJsonLd({isAccessibleForFree: true}).isAccessibleForFree).to.equal(false);
  });

  for (const selector of ['#body', 'p', '.a .b', '.a, .b', '.a.b', '.1', '', '[x]', '.a:hover']) {
    it(`refuses ${selector || 'nothing'} as a selector`, () => {
      expect(isClassSelector(selector)).to.equal(false);
      expect(() => paywallJsonLd({cssSelector: selector})).to.throw(/expected `cssSelector`/);
    });
  }
});

describe('asScript()', () => {
  it('cannot end the script element', () => {
    const text = asScript({headline: '</script><!--'});
    expect(text).not.to.contain('<');
    expect(JSON.parse(text)).to.deep.equal({headline: '</script><!--'});
  });
});
