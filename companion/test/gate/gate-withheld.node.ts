import assert from 'node:assert/strict';
import {describe, it, mock} from 'node:test';
import {gateHtml, type GateHtmlOptions} from '../../src/gate/index.js';

const locked = {access: 'locked'} as const;
const secret = 'The keeper wrote the last line of the log in pencil and closed it.';
const story = [
  '<p>The ferry waited at the quay for the doctor until six in the evening.</p>',
  '<p>Nobody had told the pilot that the lamp was out.</p>',
  '<p>It rained on all of them.</p>',
].join('');

/** Gates a page around one article and returns what came of it. */
async function gate(page: string, options: GateHtmlOptions = {}) {
  const leaks: (readonly [string, string])[] = [];
  const response = await gateHtml(
    new Response(page, {headers: {'content-type': 'text/html; charset=utf-8'}}),
    locked,
    {onLeak: (...args) => leaks.push(args), ...options},
    'https://www.example.org/log',
  );
  return {status: response.status, text: await response.text(), leaks};
}

const escaped = (text: string) =>
  Array.from(text, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

describe('a sentence from behind the cut that is left', () => {
  const pages: Readonly<Record<string, (article: string) => string>> = {
    'in view after the article': article => `${article}<div><p>${secret}</p></div>`,
    'in view before it': article => `<aside>${secret}</aside>${article}`,
    'in the middle of a text': article => `${article}<p>Someone said: ${secret} Nobody did.</p>`,
    'in capitals': article => `${article}<p>${secret.toUpperCase()}</p>`,
    'with markup in it': article =>
      `${article}<p>${secret.replace('last line', '<b>last</b> <i>line</i>')}</p>`,
    'with a reference in it': article => `${article}<p>${secret.replace(/ /g, '&#32;')}</p>`,
    'in short lines of a script': article =>
      `<script>x = ["${secret.split(' ').join('",\n"')}"]</script>${article}`,
    'in a kept script for data': article =>
      `<script type="application/json">{"text":"${escaped(secret)}"}</script>${article}`,
    'in base64 in a kept script': article =>
      `<script type="application/json">{"text":"${btoa(secret)}"}</script>${article}`,
    'in a list of words': article => `${article}<ul><li>${secret.split(' ').join('<li>')}</ul>`,
    'in a class': article => `${article}<i class="${secret}"></i>`,
  };
  for (const [place, write] of Object.entries(pages))
    it(`stops the page and is told of: ${place}`, async () => {
      for (const gated of [
        `<article>${story}<p>${secret}</p><p>More.</p></article>`,
        `<article>${story}<div><section>Why? “No.” ${secret}<br>More.</section></div></article>`,
        `<div>${story}<div data-support-gated><p>${secret}</p></div></div>`,
      ]) {
        const {status, text, leaks} = await gate(`<!doctype html><body>${write(gated)}</body>`, {
          keepData: true,
        });
        assert.deepEqual([status, text], [502, '']);
        assert.deepEqual(leaks, [
          [
            'https://www.example.org/log',
            'the keeper wrote the last line of the log in pencil and closed it',
          ],
        ]);
      }
    });

  const languages: Readonly<Record<string, string>> = {
    German: 'Der Wärter schrieb die letzte Zeile über Nacht mit einem Bleistift.',
    Russian: 'Смотритель написал последнюю строку журнала карандашом и закрыл его.',
    Arabic: 'كتب الحارس السطر الأخير من السجل بالقلم الرصاص ثم أغلقه.',
    Hindi: 'रखवाले ने रजिस्टर की आखिरी पंक्ति पेंसिल से लिखी और उसे बंद कर दिया।',
    Japanese: '灯台守は日誌の最後の行を鉛筆で書き、それから静かに帳面を閉じたのである。',
    Chinese: '看守人用铅笔写下了日志的最后一行然后把它合上放在了灯塔的桌子上面。',
    Thai: 'ผู้ดูแลเขียนบรรทัดสุดท้ายของบันทึกด้วยดินสอแล้วปิดมันลงและเดินออกไปในสายฝนที่ตกหนักมาก',
  };
  for (const [language, text] of Object.entries(languages))
    it(`is found in ${language}`, async () => {
      const page = `<article>${story}<p>${text}</p></article><div>${text}</div>`;
      assert.equal((await gate(page)).status, 502);
    });

  it('is named in the console where nobody listens', async () => {
    const error = mock.method(console, 'error', () => undefined);
    await gateHtml(
      new Response(`<article>${story}<p>${secret}</p></article><p>${secret}</p>`, {
        headers: {'content-type': 'text/html'},
      }),
      locked,
      {},
      'https://www.example.org/log',
    );
    const [line] = error.mock.calls.map(({arguments: [text]}) => String(text));
    assert.match(line!, /https:\/\/www\.example\.org\/log: "the keeper wrote .* data-support-keep/);
    error.mock.restore();
  });

  it('is found when the page is cut as a whole', async () => {
    const page = `<script>var a = ["${secret.split(' ').join('",\n"')}"]</script><main>${story}<p>${secret}</p></main>`;
    assert.equal((await gate(page, {onUncut: () => undefined})).status, 502);
  });

  it('is not looked for in a page that streams', async () => {
    const page = `<article>${story}<p>${secret}</p></article><p>${secret}</p>`;
    const {status, leaks} = await gate(page, {stream: true});
    assert.deepEqual([status, leaks], [200, []]);
  });
});

describe('what may stand in two places', () => {
  const article = `<article>${story}<p>${secret}</p></article>`;
  const headline = 'Why the old bridge over the harbour is closed again this winter?';
  const pages: Readonly<Record<string, readonly [page: string, options?: GateHtmlOptions]>> = {
    'the article alone': [article],
    'a quotation from the preview behind the cut': [
      article.replace('</article>', `<blockquote>${story}</blockquote></article>`),
    ],
    'the headline of another article': [
      `${article.replace('</article>', `<ul><li><a href="/b">${headline}</a></ul><h3>${headline}</h3></article>`)}<aside><a href="/b">${headline}</a></aside>`,
    ],
    'a caption, a menu and a button': [
      `${article.replace('</article>', `<figure><figcaption>${headline}</figcaption></figure><nav>${headline}</nav><button>${headline}</button></article>`)}<p>${headline}</p>`,
    ],
    'a short sentence': [
      `${article.replace('</article>', '<p>All rights reserved, 2026.</p></article>')}<p>All rights reserved, 2026.</p>`,
    ],
    'what the site vouches for': [`${article}<p data-support-keep>${secret}</p>`],
    'words within what the site vouches for': [
      `${article}<div data-support-keep><p>${secret.replace('last', '<b>last</b>')}</p></div>`,
    ],
    'a script behind the cut': [
      `<script>go("Some words of a script that say it twice.")</script>${article.replace('</article>', '<script>go("Some words of a script that say it twice.")</script></article>')}`.replaceAll(
        '<script>',
        '<script data-support-keep>',
      ),
    ],
    'a description that the site keeps': [
      `<meta name="description" content="${secret}"><script type="application/ld+json">{"description":"${secret}"}</script>${article}`,
      {description: 'keep'},
    ],
    'a description that the site gives': [
      `<meta name="description" content="x">${article}`,
      {description: secret},
    ],
    'a beginning that goes on otherwise': [
      `${article}<p>${secret.replace('pencil and closed it', 'ink')}</p>`,
    ],
  };
  for (const [given, [page, options]] of Object.entries(pages))
    it(`stops nothing: ${given}`, async () => {
      const {status, text, leaks} = await gate(page, options);
      assert.deepEqual(leaks, []);
      assert.equal(status, 200);
      assert.ok(text.includes('It rained on all of them.'));
    });
});

describe('the share of an article that is shown', () => {
  const sentences = Array.from(
    {length: 4},
    (_, n) => `Note ${n} says that the ferry waited at the quay for the doctor until six.`,
  );
  const read = (text: string) => text.replaceAll(/<[^>]*>|\s/g, '').length;
  const all = sentences.join('').replaceAll(/\s/g, '').length;

  it('is half where it is written in boxes, though three of them are a preview', async () => {
    for (const tag of ['div', 'section', 'span']) {
      const {text} = await gate(
        `<article>${sentences.map(one => `<${tag}>${one}</${tag}>`).join(' ')}</article>`,
        {wall: '<b></b>'},
      );
      assert.ok(read(text) <= all / 2 + 1 && read(text) > all / 3, text);
      assert.equal(text.split('<b></b>').length, 2);
    }
  });

  it('is what the site says, in every article of the page', async () => {
    const one = `<article>${sentences.map(text => `<p>${text}</p>`).join('')}</article>`;
    assert.equal(read((await gate(one)).text), (all / 4) * 3);
    const {text} = await gate(one + one, {previewShare: 0.25});
    assert.ok(read(text) <= all / 2 + 2 && read(text) > all / 3, text);
  });

  it('leaves a short article whole with its paragraphs, and half of it in boxes', async () => {
    const short =
      '<article><h1>Log</h1><p>The ferry is late today, as it was before.</p></article>';
    assert.equal((await gate(short)).text, short);
    const {text} = await gate(short.replaceAll(/(?<=<\/?)p(?=>)/g, 'div'));
    assert.match(text, /ferry/);
    assert.doesNotMatch(text, /before/);
  });
});

it('looks for what was cut in a time that grows no faster than the page', async () => {
  const timeOf = async (count: number) => {
    const text = Array.from(
      {length: count},
      (_, n) => `<p>The keeper wrote the line ${n} of the same old log in pencil.</p>`,
    ).join('');
    const page = `<article>${story}${text}</article>${text.replaceAll('pencil', 'ink')}`;
    const began = performance.now();
    assert.equal((await gate(page)).status, 200);
    return performance.now() - began;
  };
  await timeOf(2000);
  const [short, long] = [await timeOf(1000), await timeOf(8000)];
  assert.ok(long < short * 8 * 3, `${short} ms, then ${long} ms for eight times as much`);
});
