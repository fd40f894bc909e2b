import {expect, fixture, html} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import '../../src/define/support-appeal.js';
import {byMailWords} from '../../src/elements/appeal/by-mail-words.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {waitUntil} from '../wait-until.js';

/** Offers reminders by e-mail, as a site does. */
function offers(content: string): void {
  const meta = document.createElement('meta');
  meta.name = 'support:reminders';
  meta.content = content;
  document.head.append(meta);
}

/** An appeal whose reader wants to be reminded then. */
async function aSnoozed(choice: 'tomorrow' | 'after-10-more-articles' = 'tomorrow') {
  const appeal = await fixture<SupportAppealElement>(
    html`<support-appeal campaign="winter" open></support-appeal>`,
  );
  appeal.show();
  await appeal.updateComplete;
  appeal.remindLater(choice);
  const status = () => appeal.shadowRoot!.querySelector('[part=status]')!.textContent;
  await waitUntil(() => status().includes('remind you'), 'a reminder');
  return appeal;
}

const formOf = (appeal: SupportAppealElement) =>
  appeal.shadowRoot!.querySelector<HTMLFormElement>('form[part=by-mail]');

describe('a reminder by e-mail', () => {
  const {fetch} = globalThis;
  let sent: {url: string; body: Record<string, unknown>}[] = [];
  let status = 202;
  beforeEach(() => {
    localStorage.clear();
    sent = [];
    status = 202;
    globalThis.fetch = (url, init) => {
      sent.push({url: url as string, body: JSON.parse(init?.body as string) as never});
      return Promise.resolve(new Response('{}', {status}));
    };
  });
  afterEach(() => {
    globalThis.fetch = fetch;
    document.querySelector('meta[name="support:reminders"]')?.remove();
  });

  async function sends(appeal: SupportAppealElement): Promise<string> {
    await waitUntil(() => formOf(appeal), 'the form');
    const field = formOf(appeal)!.querySelector('input')!;
    field.value = 'reader@example.org';
    formOf(appeal)!.requestSubmit();
    const said = () =>
      appeal.shadowRoot!.querySelector('p[role=status]:not([part])')?.textContent.trim() ?? '';
    await waitUntil(said, 'an answer');
    return said();
  }

  it('is not offered where the site has nobody to send it', async () => {
    const appeal = await aSnoozed();
    await appeal.updateComplete;
    expect(formOf(appeal)).to.equal(null);
  });

  it('is not offered for a number of articles', async () => {
    offers('/companion/reminders');
    const appeal = await aSnoozed('after-10-more-articles');
    await appeal.updateComplete;
    expect(formOf(appeal)).to.equal(null);
  });

  it('sends nothing before the reader does, and then what they chose', async () => {
    offers('/companion/reminders');
    const appeal = await aSnoozed();
    await waitUntil(() => formOf(appeal), 'the form');
    await expect(appeal).to.be.accessible();
    expect(sent).to.deep.equal([]);
    expect(await sends(appeal)).to.equal(byMailWords['en']!.asked);
    expect(sent.map(({url}) => url)).to.deep.equal(['/companion/reminders']);
    const {locale, ...body} = sent[0]!.body;
    // The page's own, or none: the words of the mail follow it.
    expect(locale).to.be.a('string');
    expect(body).to.deep.equal({
      email: 'reader@example.org',
      choice: 'tomorrow',
      page: location.pathname,
      minutesEast: 0 - new Date().getTimezoneOffset(),
    });
    expect(formOf(appeal)).to.equal(null);
    expect(localStorage.getItem('support:reader')).not.to.contain('example');
  });

  it('says when it did not work, and keeps what was typed', async () => {
    offers('/companion/reminders');
    status = 422;
    const appeal = await aSnoozed();
    expect(await sends(appeal)).to.equal(byMailWords['en']!.failed);
    expect(formOf(appeal)!.querySelector('input')!.value).to.equal('reader@example.org');
  });

  for (const [language, {label, failed, asked}] of Object.entries(byMailWords))
    for (const {width, fontSize} of [
      {width: 800, fontSize: 16},
      {width: 450, fontSize: 16},
      {width: 320, fontSize: 16},
      {width: 320, fontSize: 32},
      {width: 700, fontSize: 32},
    ])
      it(`keeps its room before its file has come, for “${label}” and every answer, at ${width} px and a text of ${fontSize} px`, async function () {
        await setViewport({width, height: 700});
        // A window of WebKitGTK's cannot be that narrow.
        if (innerWidth > width) this.skip();
        const {documentElement: root} = document;
        root.lang = language;
        root.style.fontSize = `${fontSize}px`;
        offers('/companion/reminders');
        try {
          const appeal = await fixture<SupportAppealElement>(
            html`<support-appeal campaign="winter" open></support-appeal>`,
          );
          appeal.show();
          await appeal.updateComplete;
          appeal.remindLater('tomorrow');
          await waitUntil(() => formOf(appeal), 'the form');
          const room = appeal.shadowRoot!.querySelector<HTMLElement>('.mail')!;
          expect(room.textContent).to.contain(label);
          const kept = parseFloat(getComputedStyle(room).minBlockSize);
          expect(room.offsetHeight, label).to.be.closeTo(kept, 1);
          for (const [answer, words] of [
            [422, failed],
            [202, asked],
          ] as const) {
            status = answer;
            await sends(appeal);
            await waitUntil(() => room.textContent.includes(words), words);
            expect(room.offsetHeight, words).to.be.closeTo(kept, 1);
          }
        } finally {
          root.lang = 'en';
          root.style.removeProperty('font-size');
          await setViewport({width: 800, height: 600});
        }
      });
});
