import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {filesIn, plainNode, textOf} from './run.js';
import {longTestLimit} from '../time-limit.js';

const words = (text: string) => text.trim().split(/\s+/).sort();

const rules = words(`
    articlesToGo assignArm bucketRanges campaignsSchema changeProblems checkAmount checkoutErrorCodes chooseArm chooseCurrency
    clientReference consentAllows copyProblems copyText currencies decide defaultCadence
    defaultOffer emptyState experimentProblems forecast formatMoney frequencies fromPrice gppAllows hash holdbackOf isCurrency isImageAllowed
    keptWithoutConsent mayAsk mergeStates minorUnits momentOf offerProblems offerSold
    offeredCurrencies offeredFrequencies parseCampaigns parseCopy parseMoney placeholders popularAmounts
    promiseProblems    purposes snoozeAfter readCampaigns readClientReference readerEventNames readState rebase recordArticle
    recordClose recordRemind recordSupported recordView remindChoices reminderCalendar experimentKey
    tcfAllows toMajor undoClose applyArm writeState
    articleAddressOf findPlace paragraphBreaks articleKeyOf countArticle countedKeyOf joinEntries judgeAccess evaluateMeter neverCounts recordMetered
    resolveEntitlements asScript antiFlickerSnippet isClassSelector paywallJsonLd storedThings
    amountsOf endedRank everyCampaign longestPeriod stripeLocale version
    pathOf refuseOldWords renamedInCadence renamedInCampaigns renamedInCompanion renamedInGate renamedProblems requestErrorCodes verdictAttributes withNewWords wordProblems
`);

/** Everything that can be imported, by entry. A name that comes or goes is a change for our users. */
const entries: Record<string, readonly string[]> = {
  'reader-support': words(`
    SupportAccessEvent SupportCheckoutEvent
    SupportCheckoutFailedEvent SupportChooseEvent SupportCloseEvent SupportClosedEvent SupportExposedEvent
    SupportRemindEvent SupportRemindedEvent SupportSeenEvent SupportShowEvent
    SupportShownEvent SupportSkippedEvent SupportSupportedEvent open
    requestTurn start storageReport
  `),
  'reader-support/events': words('trackEvents toGa4 toPlausible toSegment toSnowplow'),
  'reader-support/elements': words(`
    SupportAppealElement SupportAskElement SupportMeterElement SupportPaywallElement SupportThanksElement
    registerLocale
  `),
  'reader-support/core': rules,
  'reader-support/checkout': words(`
    CheckoutError checkoutErrorCodes checkoutHook clientReference donationPage paymentLinks readClientReference
    safeCheckoutUrl serverEmbedded serverRedirect
  `),
  'reader-support-companion': words(`
    countsOf createSupportServer currencyOf d1 eventNamesOf eventRetention experimentsOf forBun forDeno forWorkers generatePassKey openDatabase publicPassKeys runJobs slidingWindow sqlStore storeLimiter turnstile
  `),
  'reader-support-companion/gate': words(`
    companionPass crawlerCheck createGate gateFeed gateHtml giftLinks honoGate linkKey linkParameter memoryGiftLedger nodeGate
    readLink signLink sqlGiftLedger
  `),
  'reader-support-companion/node': ['listen'],
  'reader-support-companion/report': words(`
    blockedBy foldFile foldLog inputText printCsv printText readCsv reportPage resultsOf scaleOf sentenceOf
  `),
  'reader-support-companion/fake-stripe': words(
    'memoryEvents memoryStore signWebhook stripeFake stripeJsStub',
  ),
  'reader-support/define/all': [],
  'reader-support/define/support-appeal': [],
  'reader-support/define/support-ask': [],
  'reader-support/define/support-meter': [],
  'reader-support/define/support-paywall': [],
  'reader-support/define/support-thanks': [],
  'reader-support/locales/ar': ['messages'],
  'reader-support/locales/de': ['messages'],
  'reader-support/locales/en': ['messages'],
  'reader-support/locales/es': ['messages'],
  'reader-support/locales/fr': ['messages'],
  'reader-support/locales/it': ['messages'],
  'reader-support/locales/nl': ['messages'],
  'reader-support/locales/pl': ['messages'],
  'reader-support/locales/pt-BR': ['messages'],
  'reader-support/locales/ru': ['messages'],
  'reader-support/locales/tr': ['messages'],
  'reader-support/locales/uk': ['messages'],
  'reader-support/react': [],
  'reader-support/svelte': [],
  'reader-support/vue': [],
};

interface Imported {
  readonly names: string[];
  /** Globals that were not there before. */
  readonly globals: string[];
  readonly elements: string[];
}

/** Resolves only when Node ends by itself: an import that leaves a timer or a socket hangs the test. */
async function importInNode(entry: string): Promise<Imported> {
  const {code, output} = await plainNode(`
    const before = new Set(Reflect.ownKeys(globalThis));
    const names = Object.keys(await import('${entry}')).sort();
    const globals = Reflect.ownKeys(globalThis).filter(key => !before.has(key)).map(String);
    const elements = ['appeal', 'ask', 'meter', 'paywall', 'thanks']
      .map(name => \`support-\${name}\`)
      .filter(tag => globalThis.customElements?.get(tag));
    console.log(JSON.stringify({names, globals, elements}));
  `);
  assert.equal(code, 0, output);
  return JSON.parse(output) as Imported;
}

/** The entries that a package lists, `reader-support/core` for one. */
function entriesOf(folder: string): string[] {
  const {name, exports} = JSON.parse(textOf(`${folder}package.json`)) as {
    name: string;
    exports: Record<string, unknown>;
  };
  return Object.keys(exports).map(path => path.replace('.', name));
}

describe('the entries of the two packages', {timeout: longTestLimit}, () => {
  it('are all in this table', () => {
    const built = filesIn('dist/npm').filter(path => path.endsWith('.js'));
    const listed = [...entriesOf(''), ...entriesOf('companion/')].flatMap(path => {
      const folder = /^reader-support\/(define|locales)\/\*$/.exec(path)?.[1];
      if (!folder) return [path];
      return built
        .filter(file => file.startsWith(`dist/npm/${folder}/`) && file.split('/').length === 4)
        .map(file => file.replace('dist/npm', 'reader-support').replace('.js', ''));
    });
    assert.deepEqual(
      listed.filter(path => !/\.js(on)?$|\*/.test(path)).sort(),
      Object.keys(entries).sort(),
    );
  });

  for (const [entry, expected] of Object.entries(entries)) {
    it(`${entry} imports in a bare Node, and gives exactly what it says`, async () => {
      const {names, globals, elements} = await importInNode(entry);
      const known = await globalsOfOthers;
      assert.deepEqual(names, expected);
      assert.deepEqual(
        globals.filter(name => !known.includes(name)),
        [],
      );
      const isOfRules = /\/(core|checkout|fake-stripe|locales|react|vue|svelte)/.test(entry);
      if (isOfRules) assert.deepEqual(globals, []);
      const tag = /\/define\/(support-.+)$/.exec(entry)?.[1];
      if (entry.endsWith('/define/all')) assert.equal(elements.length, 5);
      else if (tag) assert.ok(elements.includes(tag));
      else assert.deepEqual(elements, []);
    });
  }

  it('tolerate elements that are defined already', async () => {
    const {code, output} = await plainNode(`
      import 'reader-support/define/all';
      const first = customElements.get('support-ask');
      await import(new URL('./dist/npm/define/support-ask.js?again', 'file://' + process.cwd() + '/').href);
      if (customElements.get('support-ask') !== first) throw new Error('defined twice');
    `);
    assert.equal(code, 0, output);
  });
});

/** Lit, the schema library and the Node adapter leave names of their own in Node. */
const globalsOfOthers = Promise.all(['lit', 'zod', '@hono/node-server'].map(importInNode)).then(
  all => all.flatMap(({globals}) => globals),
);
