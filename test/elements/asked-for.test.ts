import {expect, fixture, html} from '@open-wc/testing';
import {emptyState} from '../../src/core/cadence/reader-state.js';
import {recordClose, recordView, writeState} from '../../src/core/cadence/reader-record.js';
import {waitUntil} from '../wait-until.js';

const at = (path: string): string => new URL(`../../src/${path}`, import.meta.url).href;
const now = Date.now();
const day = 86_400_000;

/** Why an appeal would not ask by itself. */
const records = {
  'said "later" yesterday': recordClose(
    emptyState,
    {campaign: 'winter', reason: 'later', until: now + 9 * day},
    now - day,
  ),
  'supports the newspaper': recordClose(
    emptyState,
    {campaign: 'spring', reason: 'supported', until: now + 90 * day},
    now - day,
  ),
  'has seen it an hour ago': recordView(emptyState, 'winter', now - 3_600_000),
};

describe('<support-appeal> without start()', () => {
  afterEach(() => localStorage.clear());

  for (const [reader, record] of Object.entries(records)) {
    for (const format of ['inline', 'bar', 'dialog']) {
      it(`stays as a reader has asked for it before anything was fetched: ${format}, for a reader who ${reader}`, async () => {
        localStorage.setItem('support:reader', writeState(record));
        const frame = await fixture<HTMLIFrameElement>(html`<iframe title="A page"></iframe>`);
        frame.style.cssText = 'width:800px; height:600px';
        frame.srcdoc =
          `<!doctype html><html lang="en"><body><p>News.</p>
          <support-appeal campaign="winter" format="${format}" checkout="/nowhere"></support-appeal>
          <script type="module">
            import '${at('define/support-appeal.ts')}';
            document.querySelector('support-appeal').show({manual: true});
          </` + `script></body></html>`;
        await new Promise(resolve => frame.addEventListener('load', resolve, {once: true}));
        const appeal = frame.contentDocument!.querySelector('support-appeal')!;
        // By then an appeal that nobody asked for has decided.
        const decided = () =>
          frame
            .contentWindow!.performance.getEntriesByType('resource')
            .some(({name}) => name.includes('decide-alone'));
        await waitUntil(decided, 'a decision');
        await new Promise(resolve => setTimeout(resolve, 300));
        expect(appeal.hasAttribute('open')).to.equal(true);
        const form = () => appeal.shadowRoot?.querySelector('support-ask')?.shadowRoot;
        await waitUntil(() => form()?.querySelector('[part~=submit]'), 'the form');
        expect(appeal.hasAttribute('open')).to.equal(true);
      });
    }
  }
});
