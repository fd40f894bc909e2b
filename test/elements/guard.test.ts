import {expect} from '@open-wc/testing';
import {antiFlickerSnippet} from '../../src/core/meter/anti-flicker-snippet.js';
import {nextFrames} from '../fake-timers.js';

/** What was seen in one frame. */
interface Seen {
  /** Whether a paragraph behind the preview could be read. */
  readonly rest: boolean;
  readonly preview: boolean;
  readonly wall: boolean;
  readonly guard: boolean;
  /** Where the preview, the end of the text and what stands under it begin. */
  readonly tops: readonly number[];
}

interface Tab {
  readonly frames: readonly Seen[];
  until(test: (frame: Seen) => boolean): Promise<number>;
  close(): void;
}

const gated = 'The rest of it.';
const article = `<h1>Tide</h1><div id="article-body" class="support-guard"><p>1</p><p>2</p><p>3</p><p class="rest">${gated}</p><p>${gated}</p></div><support-paywall for="article-body" free="FREE"><h2 slot="heading">Read on</h2><p>Words.</p><a slot="fallback" href="/support">Give</a></support-paywall><footer>Below</footer>`;

const isSeen = (element: Element | null): boolean =>
  element !== null &&
  element.getClientRects().length > 0 &&
  element.ownerDocument.defaultView!.getComputedStyle(element).visibility === 'visible';

const look = (page: Document): Seen => {
  const tops = ['h1', '#article-body', 'footer'].map(
    one => page.querySelector(one)?.getBoundingClientRect().top ?? 0,
  );
  const wall = page.querySelector('support-paywall');
  return {
    rest: isSeen(page.querySelector('.rest')),
    preview: isSeen(page.querySelector('#article-body > p')),
    guard: page.getElementById('support-guard') !== null,
    wall: isSeen(wall?.shadowRoot?.querySelector('section') ?? null),
    tops,
  };
};

/** Opens a page with the anti-flicker snippet in a frame, and looks at every frame that it paints. A script may come so many ms late. */
async function open(free: number, script: string | number): Promise<Tab> {
  const iframe = document.createElement('iframe');
  iframe.width = '800';
  iframe.height = '700';
  iframe.srcdoc = `<!doctype html><html lang="en"><head><style>*{animation-duration:1ms!important}footer{display:block}</style>${antiFlickerSnippet().html}</head><body>${article.replace('FREE', String(free))}${typeof script === 'string' ? script : ''}</body></html>`;
  const frames: Seen[] = [];
  document.body.append(iframe);
  const started = performance.now();
  await new Promise(resolve => iframe.addEventListener('load', resolve, {once: true}));
  let isOver = false;
  const watch = () => {
    const page = iframe.contentDocument;
    if (isOver || !page) return;
    if (page.querySelector('footer')) frames.push(look(page));
    requestAnimationFrame(watch);
  };
  watch();
  if (typeof script === 'number')
    setTimeout(() => {
      const page = iframe.contentDocument;
      if (!page) return;
      const slow = page.createElement('script');
      slow.type = 'module';
      slow.src = '/src/define/support-paywall.ts';
      page.head.append(slow);
    }, script);
  return {
    frames,
    async until(test) {
      for (let from = 0; performance.now() - started < 15_000;) {
        for (; from < frames.length; from += 1)
          if (test(frames[from]!)) return performance.now() - started;
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      throw new Error(`expected a frame but had ${JSON.stringify(frames.at(-1))}`);
    },
    close() {
      isOver = true;
      iframe.remove();
    },
  };
}

const steady = (frames: readonly Seen[], which: readonly number[]) => {
  for (const at of which) {
    const tops = frames.map(({tops}) => tops[at]!);
    expect(Math.max(...tops) - Math.min(...tops), `element ${at}`).to.be.lessThan(0.6);
  }
};

describe('the anti-flicker snippet', () => {
  beforeEach(() => localStorage.clear());
  after(() => localStorage.clear());

  it('is at most 400 bytes, and another preview makes another one', () => {
    expect(new TextEncoder().encode(antiFlickerSnippet().html).length).to.be.at.most(400);
    expect(antiFlickerSnippet({preview: 5}).css).to.contain('-n+5');
    expect(() => antiFlickerSnippet({preview: 1.5})).to.throw('expected `preview`');
  });

  it('lets a reader who is locked out see nothing but the preview, however slow the script is', async () => {
    const tab = await open(0, 700);
    await tab.until(({wall}) => wall);
    expect(tab.frames.length).to.be.greaterThan(5);
    expect(
      tab.frames.some(({rest}) => rest),
      'a flash',
    ).to.equal(false);
    expect(tab.frames.every(({preview}) => preview)).to.equal(true);
    steady(tab.frames, [0, 1]);
    tab.close();
  });

  it('shows the whole text to a reader who may read it, in its place', async () => {
    const tab = await open(5, 700);
    await tab.until(({rest, guard}) => rest && !guard);
    expect(tab.frames[0]!.rest).to.equal(false);
    expect(tab.frames.some(({wall}) => wall)).to.equal(false);
    await nextFrames();
    steady(tab.frames, [0, 1, 2]);
    tab.close();
  });

  for (const [given, script] of [
    ['is blocked', ''],
    ['is not there', '<script type="module" src="/not-there.js"></script>'],
    ['breaks off', '<script type="module">const a = {</script>'],
    ['is slower than that', 6000],
  ] as const) {
    it(`shows the article after three seconds when the script ${given}`, async () => {
      const tab = await open(0, script);
      const after = await tab.until(({rest}) => rest);
      expect(after).to.be.greaterThan(2500);
      expect(tab.frames.every(({preview}) => preview)).to.equal(true);
      steady(tab.frames, [0, 1]);
      tab.close();
    });
  }
});
