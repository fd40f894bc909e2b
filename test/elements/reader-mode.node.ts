import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Readability} from '@mozilla/readability';
// @ts-expect-error The package has no types.
import {JSDOM} from 'jsdom';

const paragraph =
  'It was raining on the quay when the last boat came in, and nobody was there to take the rope, so the captain did it himself, as his father had done before him, and his father before that.';

const words = [
  'A message from The Harbour Post',
  'We have no owner but our readers, and no one to thank but them, which is why we ask you today.',
  'Stop whenever you like',
  'Support us monthly',
];

/** What a reader mode shows of an article with an appeal in its middle. */
function readerView(attributes: string): string {
  const [heading, body, reassurance, link] = words;
  const {window} = new JSDOM(
    `<!doctype html><title>The ferry</title><main><article><h1>The ferry</h1>
    ${`<p>${paragraph}</p>`.repeat(6)}
    <support-appeal campaign="winter" ${attributes}>
      <h2 slot="heading">${heading}</h2><p>${body}</p><p>${body}</p>
      <span slot="reassurance">${reassurance}</span>
      <a slot="fallback" href="https://example.org/give">${link}</a>
    </support-appeal>
    ${`<p>${paragraph}</p>`.repeat(6)}</article></main>`,
    {url: 'https://example.org/ferry'},
  );
  return new Readability(window.document).parse()?.textContent ?? '';
}

describe('an appeal in a reader mode', () => {
  it('is no part of the article, with the role that the element and our snippets give it', () => {
    const text = readerView('role="complementary" data-nosnippet');
    assert.equal(text.split(paragraph).length - 1, 12);
    for (const word of words) assert.ok(!text.includes(word), word);
  });

  it('would be one without the role, which is what makes the snippets state it', () => {
    assert.ok(readerView('').includes(words[1] ?? ''));
  });
});
