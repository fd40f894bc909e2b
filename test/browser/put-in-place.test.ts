import {expect} from '@open-wc/testing';
import {hasPlace, placedByHand} from '../../src/browser/placement/place.js';
import {putInPlace} from '../../src/browser/placement/put-in-place.js';

const text = (name: string): string =>
  `${name}: the tide came in over the quay at four, and by five the boats stood in the street.`;
/** A paragraph of an article. */
const p = (name: string, end = ''): string => `<p>${text(name)}${end}</p>`;

let holder: HTMLElement;
const show = (html: string): void => {
  holder.innerHTML = html;
};
/** Puts an appeal in place; returns what stands before it, and its parent. */
function put(place: {selector?: string; paragraph?: number}): HTMLElement | undefined {
  const appeal = document.createElement('i');
  return putInPlace(appeal, {selector: 'article', ...place}) ? appeal : undefined;
}
const before = (appeal: HTMLElement | undefined): string =>
  appeal?.previousElementSibling?.textContent.trim().replace(/[:.].*$/s, '') ?? '';

describe('putInPlace()', () => {
  beforeEach(() => {
    holder = document.createElement('main');
    document.body.append(holder);
  });
  afterEach(() => holder.remove());

  const rows: readonly {
    given: string;
    html: string;
    paragraph?: number;
    is: string;
    in?: string;
  }[] = [
    {given: 'paragraphs alone', html: p('A') + p('B') + p('C'), is: 'B'},
    {given: 'fewer paragraphs', html: p('A') + p('B'), paragraph: 5, is: 'B'},
    {given: 'short paragraphs alone', html: '<p>A</p><p>B</p><p>C</p>', is: 'B'},
    {given: 'a byline', html: `<p>By Ines Marlow</p>${p('A')}${p('B')}`, is: 'B'},
    {
      given: 'a byline that ends with a stop',
      html: `<p>By J. Marlow Jr.</p>${p('A')}${p('B')}`,
      paragraph: 1,
      is: 'A',
    },
    {
      given: 'a byline that says what it is',
      html: '<p class="c-Byline">By A</p><p>B</p><p>C</p>',
      is: 'C',
    },
    {
      given: 'a date and a label',
      html: `<p><time>30 May</time></p><p>Opinion</p>${p('A')}${p('B')}`,
      paragraph: 1,
      is: 'A',
    },
    {
      given: 'a label between paragraphs',
      html: `${p('A')}<p>Advertisement</p>${p('B')}${p('C')}`,
      is: 'B',
    },
    {given: 'a short sentence', html: `${p('A')}<p>It rained.</p>${p('B')}`, is: 'It rained'},
    {given: 'a header', html: `<header>${p('H')}</header>${p('A')}${p('B')}`, is: 'B'},
    {
      given: 'a quotation',
      html: `${p('A')}<blockquote>${p('Q')}${p('R')}</blockquote>${p('B')}`,
      is: 'B',
    },
    {given: 'an aside', html: `${p('A')}<aside>${p('Q')}</aside>${p('B')}${p('C')}`, is: 'B'},
    {
      given: 'a box beside the text',
      html: `${p('A')}<div role="complementary">${p('Q')}</div>${p('B')}`,
      is: 'B',
    },
    {
      given: 'a link around a paragraph',
      html: `${p('A')}<a href="/x">${p('L')}</a>${p('B')}`,
      is: 'B',
    },
    {
      given: 'a label of a field',
      html: `${p('A')}<label>${p('L')}<input></label>${p('B')}`,
      is: 'B',
    },
    {
      given: 'a button',
      html: `${p('A')}<button><div>${text('L')}</div></button>${p('B')}`,
      is: 'B',
    },
    {
      given: 'a caption',
      html: `<figure><img><figcaption>${p('F')}</figcaption></figure>${p('A')}${p('B')}`,
      is: 'B',
    },
    {given: 'an inert part', html: `<div inert>${p('I')}</div>${p('A')}${p('B')}`, is: 'B'},
    {given: 'a menu', html: `<nav>${p('N')}</nav>${p('A')}${p('B')}`, is: 'B'},
    {given: 'a form', html: `<form>${p('N')}</form>${p('A')}${p('B')}`, is: 'B'},
    {
      given: 'an appeal',
      html: `${p('A')}<support-appeal>${p('N')}</support-appeal>${p('B')}`,
      is: 'B',
    },
    {
      given: 'hidden paragraphs',
      html: `<p hidden>${text('H')}</p><div style="display:none">${p('I')}</div>${p('A')}${p('B')}`,
      is: 'B',
    },
    {
      given: 'a paragraph for screen readers',
      html: `<p style="position:absolute;height:1px;overflow:hidden;margin:0">${text('H')}</p>${p('A')}${p('B')}`,
      is: 'B',
    },
    {given: 'empty paragraphs', html: `<p></p><p>&nbsp;</p>${p('A')}<p><br></p>${p('B')}`, is: 'B'},
    {
      given: 'a closed box',
      html: `<details><summary>More</summary>${p('D')}</details>${p('A')}${p('B')}`,
      is: 'B',
    },
    {
      given: 'paragraphs in sections',
      html: `<section>${p('A')}</section><section>${p('B')}${p('C')}</section>`,
      is: 'B',
      in: 'SECTION',
    },
    {
      given: 'a standfirst beside the body',
      html: `${p('A')}<div>${p('B')}${p('C')}</div>`,
      is: 'B',
      in: 'DIV',
    },
    {
      given: 'blocks of text',
      html: `<div>${text('A')}</div><div>${text('B')}</div><div>${text('C')}</div>`,
      is: 'B',
    },
    {
      given: 'a paragraph by its role',
      html: `<span role="paragraph">${text('A')}</span>${p('B')}`,
      is: 'B',
    },
    {
      given: 'a sentence and its list',
      html: `${p('A')}<p>He brought:</p><ul><li>L</ul>${p('B')}`,
      is: 'L',
    },
    {
      given: 'a sentence and its numbered list',
      html: `${p('A')}${p('B', ' He brought these:')}<script></script><ol><li>L</ol>${p('C')}`,
      is: 'L',
    },
    {
      given: 'a sentence without a colon and its list',
      html: `${p('A')}${p('B', ' He brought')}<ul><li>L</ul>${p('C')}`,
      is: 'L',
    },
    {
      given: 'a sentence and its table',
      html: `${p('A')}${p('B', ' The figures:')}<table><td>T</table>${p('C')}`,
      is: 'T',
    },
    {
      given: 'a sentence and its figure',
      html: `${p('A')}${p('B', ' The map：')}<figure>F</figure>${p('C')}`,
      is: 'F',
    },
    {
      given: 'a sentence and a quotation',
      html: `${p('A')}${p('B', ' He said:')}<blockquote>Q</blockquote>${p('C')}`,
      is: 'Q',
    },
    {
      given: 'a sentence and its list in a block of its own',
      html: `${p('A')}<div>${p('B', ' He brought:')}</div><div><ul><li>L</ul></div>${p('C')}`,
      is: 'L',
    },
    {given: 'a list after a whole sentence', html: `${p('A')}${p('B')}<ul><li>L</ul>`, is: 'B'},
    {given: 'a colon at the very end', html: `${p('A')}${p('B', ' He said:')}`, is: 'B'},
  ];
  for (const {given, html, paragraph = 2, is, in: parent} of rows) {
    it(`stands after ${is}, given ${given} and paragraph ${paragraph}`, () => {
      show(`<article>${html}</article>`);
      const appeal = put({paragraph});
      expect(before(appeal)).to.equal(is);
      if (parent) expect(appeal!.parentElement!.tagName).to.equal(parent);
      expect(appeal!.closest('a,button,label,blockquote,aside,figure,nav,p,[inert]')).to.equal(
        null,
      );
    });
  }

  it('stands after its paragraph, given a page that is one form', () => {
    show(`<form><table><td><article>${p('A')}${p('B')}</article></td></table></form>`);
    expect(before(put({paragraph: 1}))).to.equal('A');
  });

  const ends: readonly {given: string; html: string; paragraph?: number}[] = [
    {
      given: 'no paragraph asked for',
      html: `<article>${p('A')}<blockquote>B</blockquote></article>`,
    },
    {given: 'no paragraph in it', html: '<article><img></article>', paragraph: 1},
    {given: 'an empty element', html: '<article></article>', paragraph: 1},
    {
      given: 'quotations alone',
      html: `<article><blockquote>${p('A')}</blockquote></article>`,
      paragraph: 1,
    },
  ];
  for (const {given, html, paragraph} of ends) {
    it(`stands at the end of the place, given ${given}`, () => {
      show(html);
      const appeal = put(paragraph === undefined ? {} : {paragraph});
      expect(holder.firstElementChild!.lastElementChild).to.equal(appeal);
    });
  }

  const shown = `<article id="shown">${p('A')}</article>`;
  const places: readonly {given: string; html: string; is: string | undefined}[] = [
    {
      given: 'a first match that is not displayed',
      html: `<article hidden>${p('H')}</article>${shown}`,
      is: 'shown',
    },
    {
      given: 'a first match in a box that is not displayed',
      html: `<div style="display:none"><article></article></div>${shown}`,
      is: 'shown',
    },
    {
      given: 'a first match in a link',
      html: `<a href="/x"><article>${p('H')}</article></a>${shown}`,
      is: 'shown',
    },
    {
      given: 'a first match in an aside',
      html: `<aside><article>${p('H')}</article></aside>${shown}`,
      is: 'shown',
    },
    {
      given: 'a first match in an inert part',
      html: `<div inert><article></article></div>${shown}`,
      is: 'shown',
    },
    {
      given: 'a match without a box of its own',
      html: `<article id="shown" style="display:contents">${p('A')}</article>`,
      is: 'shown',
    },
    {given: 'an empty match', html: '<article id="shown"></article>', is: 'shown'},
    {given: 'a match in an aside alone', html: `<aside>${shown}</aside>`, is: 'shown'},
    {
      given: 'a match that is not displayed alone',
      html: `<article hidden>${p('H')}</article>`,
      is: undefined,
    },
    {
      given: 'a match in a button alone',
      html: `<button><article></article></button>`,
      is: undefined,
    },
    {
      given: 'a match in closed details alone',
      html: `<details><summary></summary><article></article></details>`,
      is: undefined,
    },
  ];
  for (const {given, html, is} of places) {
    it(`finds ${is ? 'the place' : 'no place'}, given ${given}`, () => {
      show(html);
      expect(hasPlace({id: 'x', place: {selector: 'article'}})).to.equal(is !== undefined);
      expect(put({})?.parentElement?.id).to.equal(is);
    });
  }

  it('finds the appeal of two placed by hand that is displayed', () => {
    const appeal = '<support-appeal campaign="x"></support-appeal>';
    show(`<div style="display:none">${appeal}</div><div id="shown">${appeal}</div>`);
    expect(placedByHand('x')!.parentElement!.id).to.equal('shown');
    show(`<div hidden>${appeal}</div>`);
    expect(placedByHand('x')).to.equal(undefined);
    expect(hasPlace({id: 'x'})).to.equal(false);
  });
});
