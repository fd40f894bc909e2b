import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {filesIn, textOf} from './run.js';

/** What would turn text into markup or code, or break under a strict policy. */
const never: Record<string, RegExp> = {
  unsafeHTML: /unsafe(HTML|Static|SVG|MathML)/,
  innerHTML: /\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment)\b/,
  styleMap: /\bstyleMap\b/,
  eval: /\beval\s*\(/,
  'new Function': /\bnew Function\b/,
  'document.write': /\bdocument\.write(ln)?\b/,
  'a place to store that the report does not list':
    /\b(sessionStorage|indexedDB|cookieStore|caches\.open)\b|document\.cookie\s*=[^=]/,
  'a style attribute': /<[a-z][^>]*\sstyle=/,
  'an inline handler': /<[a-z][^>]*\son[a-z]+="/,
};

const browserParts = /^(src|dist\/npm)\//;

const published = filesIn('dist').filter(path => path.endsWith('.js'));
const files = [...filesIn('src').filter(path => path.endsWith('.ts')), ...published];

describe('source and published files', () => {
  for (const [name, pattern] of Object.entries(never)) {
    it(`never hold ${name}`, () => {
      const ours = files.filter(path => browserParts.test(path));
      assert.ok(ours.length > 40);
      assert.deepEqual(
        ours.filter(path => pattern.test(textOf(path))),
        [],
      );
    });
  }

  it('hold innerHTML in the script tag only where Lit parses its own templates', () => {
    const chunks = published.filter(path => !path.startsWith('dist/npm/'));
    assert.ok(chunks.length >= 2);
    const count = (text: string) => [...text.matchAll(/\b(innerHTML|outerHTML)\b/g)].length;
    const inScript = chunks.reduce((sum, path) => sum + count(textOf(path)), 0);
    // Once for templates, and once in its policy, to find out at once whether the page forbids it.
    assert.equal(inScript, 2);
    for (const name of ['styleMap', 'eval', 'new Function', 'document.write']) {
      for (const path of chunks) assert.doesNotMatch(textOf(path), never[name]!, path);
    }
  });
});
