/**
 * Every rule, for servers and tests. Pure: no clock, no storage, no DOM.
 *
 * The first group is stable: a name in it changes only with the major version, and CHANGELOG says so.
 * The second is what `reader-support-companion` needs beside it, at exactly the same version: a name in
 * it may change with any.
 */

// Stable.

export {judgeAccess, resolveEntitlements} from './meter/access.js';
export type {
  Access,
  AccessFacts,
  AccessVerdict,
  Entitlement,
  EntitlementAnswer,
  EntitlementVerdict,
} from './meter/access.js';
export type {Audience, Device, Facts, Rules, Schedule} from './campaigns/audience.js';
export {mayAsk} from './cadence/cadence.js';
export type {
  SkipReason,
  Cadence,
  CloseReason,
  RemindChoice,
  CadenceVerdict,
  ViewCadence,
} from './cadence/cadence.js';
export {reminderCalendar} from './cadence/calendar.js';
export type {Reminder} from './cadence/calendar.js';
export {offerProblems} from './campaigns/campaign-problems.js';
export {parseCampaigns, readCampaigns} from './campaigns/parse-campaigns.js';
export type {
  Campaign,
  CampaignsFile,
  Copy,
  ParsedCampaigns,
  CampaignPlace,
  CampaignProblem,
  Trigger,
} from './campaigns/campaign.js';
export {isImageAllowed} from './campaigns/appearance.js';
export type {Appearance, CampaignImage, Theme} from './campaigns/appearance.js';
export {campaignsSchema} from './campaigns/campaign-schema.js';
export type {Schema} from './campaigns/campaign-schema.js';
export * from './money/checkout.js';
export {offerSold} from './money/checkout-setting.js';
export type {
  CheckoutSetting,
  LinksByAmount,
  LinksForOnce,
  PaymentLinks,
} from './money/checkout-setting.js';
export {consentAllows, gppAllows, purposes, tcfAllows} from './consent/consent.js';
export type {Consent, Purpose} from './consent/consent.js';
export * from './copy/copy.js';
export type {AmountCopies, AmountCopy, Byline, CopyTexts} from './copy/copy-fields.js';
export {currencies, isCurrency} from './money/currencies.js';
export {decide} from './campaigns/decide.js';
export type {Decision, Step} from './campaigns/decide.js';
export {defaultCadence} from './cadence/default-cadence.js';
export {assignArm, chooseArm, holdbackOf, applyArm} from './experiments/experiment.js';
export type {
  Arm,
  Assignment,
  BucketRange,
  Experiment,
  Metric,
  Overrides,
  Plan,
} from './experiments/experiment.js';
export {experimentProblems} from './experiments/experiment-problems.js';
export {findPlace} from './campaigns/find-place.js';
export type {PageElement} from './campaigns/find-place.js';
export {forecast} from './campaigns/forecast.js';
export type {ForecastDay} from './campaigns/forecast.js';
export {antiFlickerSnippet} from './meter/anti-flicker-snippet.js';
export type {AntiFlickerSnippet} from './meter/anti-flicker-snippet.js';
export {countArticle, evaluateMeter, neverCounts, recordMetered} from './meter/meter.js';
export type {
  Allowance,
  Meter,
  MeterReason,
  MeteredArticle,
  MeterReader,
  MeterVerdict,
  NeverCounts,
} from './meter/meter.js';
export {joinEntries} from './meter/meter-entries.js';
export type {Period} from './meter/meter-period.js';
export {momentOf} from './campaigns/moment.js';
export {formatMoney, minorUnits, toMajor} from './money/money.js';
export type {Money} from './money/money.js';
export {checkAmount} from './money/check-amount.js';
export type {AmountVerdict} from './money/check-amount.js';
export {chooseCurrency} from './money/choose-currency.js';
export {
  defaultOffer,
  frequencies,
  fromPrice,
  offeredCurrencies,
  offeredFrequencies,
} from './money/offer.js';
export type {Amounts, Frequency, Offer} from './money/offer.js';
export {popularAmounts} from './money/popular.js';
export type {Popular, PopularAmounts} from './money/popular.js';
export {paywallJsonLd} from './meter/paywall-json-ld.js';
export type {PaywallFacts, PaywallJsonLd, PaywallPart} from './meter/paywall-json-ld.js';
export {parseMoney} from './money/parse-money.js';
export type {MoneyProblem, ParsedMoney} from './money/parse-money.js';
export {paragraphBreaks} from './campaigns/paragraph-breaks.js';
export {promiseProblems} from './campaigns/promise-problems.js';
export {remindChoices} from './cadence/snooze.js';
export {
  articlesToGo,
  recordArticle,
  recordClose,
  recordRemind,
  recordSupported,
  recordView,
  undoClose,
} from './cadence/reader-record.js';
export {emptyState, readState} from './cadence/reader-state.js';
export type {Close, ReaderState, Supported, View} from './cadence/reader-state.js';
export {storedThings} from './consent/stored-things.js';
export type {StoredPart, StoredThing} from './consent/stored-things.js';

// For the companion.

export {keptWithoutConsent, mergeStates, rebase, writeState} from './cadence/reader-record.js';
export {snoozeAfter} from './cadence/snooze.js';
export type {Closing} from './cadence/snooze.js';
export {
  pathOf,
  refuseOldWords,
  renamedInCadence,
  renamedInCampaigns,
  renamedInCompanion,
  renamedInGate,
  renamedProblems,
  withNewWords,
  type Renamed,
  type Renames,
} from './campaigns/renamed-keys.js';
export {wordProblems} from './campaigns/word-problems.js';
export {changeProblems} from './experiments/experiment-problems.js';
export {bucketRanges, everyCampaign, experimentKey} from './experiments/experiment.js';
export {hash} from './experiments/hash.js';
export {readerEventNames} from './experiments/reader-event.js';
export type {ReaderEvent, ReaderEventBatch, ReaderEventName} from './experiments/reader-event.js';
export type {Leniency} from './meter/access.js';
export {articleAddressOf} from './meter/article-address.js';
export type {PageAddress} from './meter/article-address.js';
export {articleKeyOf, countedKeyOf} from './meter/article-key.js';
export {longestPeriod} from './meter/meter-day.js';
export {verdictAttributes} from './meter/verdict-attributes.js';
export {asScript, isClassSelector} from './meter/paywall-json-ld.js';
export * from './money/gift.js';
export {amountsOf} from './money/offer.js';
export {stripeLocale} from './money/stripe-locale.js';
export {version} from './version.js';
