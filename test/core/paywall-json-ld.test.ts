import {expect} from '@open-wc/testing';
import {asScript, isClassSelector, paywallJsonLd} from '../../src/core/meter/paywall-json-ld.js';

describe('paywallJsonLd()', () => {
  it('says that a part of the article is for members, and which', () => {
    expect(paywallJsonLd({headline: 'Tides'})).to.deep.equal({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: 'Tides',
      isAccessibleForFree: false,
      hasPart: {'@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.paywall'},
    });
  });

  it('takes several parts, another type, and whatever else schema.org knows', () => {
    const data = paywallJsonLd({
      '@type': 'Report',
      cssSelector: ['.one', '.two'],
      isPartOf: {'@type': 'Product', productID: 'harbour:all'},
    });
    expect(data.hasPart).to.have.length(2);
    expect(data).to.include({'@type': 'Report'});
    expect(data['isPartOf']).to.deep.equal({'@type': 'Product', productID: 'harbour:all'});
  });

  it('lets nobody say that it is free after all', () => {
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
  it('never ends the script it stands in', () => {
    const text = asScript({headline: '</script><!--'});
    expect(text).not.to.contain('<');
    expect(JSON.parse(text)).to.deep.equal({headline: '</script><!--'});
  });
});
