/** Every rule, for servers and tests. Pure: no clock, no storage, no DOM. */

export {judgeAccess, weighEntitlements} from './access.js';
export type {
  Access,
  AccessFacts,
  AccessVerdict,
  Entitlement,
  EntitlementAnswer,
  EntitlementVerdict,
  Leniency,
} from './access.js';
export {articleKeyOf} from './article-key.js';
export type {Audience, Device, Facts, Rules, Schedule} from './audience.js';
export {mayAsk} from './cadence.js';
export type {Because, Cadence, CloseReason, RemindChoice, Verdict, ViewCadence} from './cadence.js';
export {reminderCalendar} from './calendar.js';
export type {Reminder} from './calendar.js';
export {offerProblems, parseCampaigns, readCampaigns} from './campaign.js';
export type {
  Campaign,
  CampaignsFile,
  Copy,
  ParsedCampaigns,
  Place,
  Problem,
  Trigger,
} from './campaign.js';
export {campaignsSchema} from './campaign-schema.js';
export type {Schema} from './campaign-schema.js';
export * from './checkout.js';
export {consentAllows, gppAllows, purposes, tcfAllows} from './consent.js';
export type {Consent, Purpose} from './consent.js';
export * from './copy.js';
export {currencies, isCurrency} from './currencies.js';
export {decide} from './decide.js';
export type {Decision, Step} from './decide.js';
export {defaultCadence} from './default-cadence.js';
export {assignArm, bucketRanges, chooseArm, holdbackOf, seedOf, withArm} from './experiment.js';
export type {Arm, Assignment, BucketRange, Experiment, Goal, Patch, Plan} from './experiment.js';
export {changeProblems, experimentProblems} from './experiment-problems.js';
export {forecast} from './forecast.js';
export type {ForecastDay} from './forecast.js';
export type * from './gift.js';
export {guardSnippet} from './guard-snippet.js';
export type {GuardSnippet} from './guard-snippet.js';
export {hash} from './hash.js';
export {countArticle, lookAtMeter, neverCounts, recordMetered} from './meter.js';
export type {
  Allowance,
  Meter,
  MeterBecause,
  MeteredArticle,
  MeterReader,
  MeterVerdict,
  NeverCounts,
} from './meter.js';
export {joinEntries} from './meter-entries.js';
export type {Period} from './meter-period.js';
export {momentOf} from './moment.js';
export {formatMoney, minorUnits, toMajor} from './money.js';
export type {Money} from './money.js';
export {checkAmount} from './check-amount.js';
export type {AmountVerdict} from './check-amount.js';
export {chooseCurrency} from './choose-currency.js';
export {
  defaultOffer,
  frequencies,
  fromPrice,
  offeredCurrencies,
  offeredFrequencies,
} from './offer.js';
export type {Amounts, Frequency, Offer} from './offer.js';
export {asScript, isClassSelector, paywallJsonLd} from './paywall-json-ld.js';
export type {PaywallFacts, PaywallJsonLd, PaywallPart} from './paywall-json-ld.js';
export {parseMoney} from './parse-money.js';
export type {MoneyProblem, ParsedMoney} from './parse-money.js';
export {readerEventNames} from './reader-event.js';
export type {ReaderEvent, ReaderEventBatch, ReaderEventName} from './reader-event.js';
export {promiseProblems} from './promise-problems.js';
export {quietAfter, remindChoices} from './quiet.js';
export type {Closing} from './quiet.js';
export {
  articlesToGo,
  keptWithoutConsent,
  mergeStates,
  rebase,
  recordArticle,
  recordClose,
  recordRemind,
  recordSupported,
  recordView,
  undoClose,
  writeState,
} from './reader-record.js';
export {emptyState, readState} from './reader-state.js';
export type {Close, ReaderState, Supported, View} from './reader-state.js';
export {storedThings} from './stored-things.js';
export type {StoredPart, StoredThing} from './stored-things.js';
