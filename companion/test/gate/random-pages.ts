/** Writes pages at random, with markup in them that no validator would pass. */

const tags = [
  ...['p', 'p', 'p', 'div', 'section', 'b', 'i', 'a', 'span', 'h2', 'ul', 'li', 'blockquote'],
  ...['table', 'tbody', 'tr', 'td', 'caption', 'select', 'option', 'button', 'form', 'object'],
  ...['svg', 'math', 'foreignObject', 'desc', 'mi', 'title', 'style', 'textarea', 'template'],
  ...['article', 'article', 'nobr', 'dl', 'dt', 'pre', 'figure', 'noscript', 'details', 'ruby'],
];
const oddities = [
  ...[
    '</article>',
    '</article>',
    '</p>',
    '</br>',
    '<br>',
    '<image>',
    '<!-- x -->',
    '</div>',
    '</b>',
  ],
  ...['<hr>', '</table>', '</td>', '<?php x ?>', '</svg>', '<![CDATA[ x ]]>', '</body>', '<input>'],
  ...['</select>', '</template>', '</>', '<p/>', '<svg/>', '<b title="</article>">', '</li>'],
];

/** A sentence that can be found again in any case and place. */
export const sentence = (n: number): string => `Keeper${n}x left the lamp on the quay.`;
/** Returns which sentences stand in a text. */
export const numbersIn = (text: string): number[] =>
  [...text.matchAll(/Keeper(\d+)x/gi)].map(([, number]) => Number(number));

/** Writes a page that is put together at random. */
export function randomPage(random: () => number): string {
  let n = 0;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const part = (depth: number): string => {
    const kind = random();
    if (kind < 0.35 || depth > 6) return sentence(n++);
    if (kind < 0.5) return pick(oddities);
    const tag = pick(tags);
    const inner = Array.from({length: 1 + Math.floor(random() * 3)}, () => part(depth + 1)).join(
      '',
    );
    return `<${tag}>${inner}${random() < 0.75 ? `</${tag}>` : ''}`;
  };
  const parts = (length: number) => Array.from({length}, () => part(0)).join('');
  return `<!doctype html><body><p>${sentence(9000)}</p><main><article>${parts(3 + Math.floor(random() * 5))}</article>${parts(2)}</main></body>`;
}
