/**
 * The package's main entry: `start()` and what belongs to a page session, events and types. Importing it
 * does nothing, and it imports nothing that is fetched later.
 */

export type * from './core/index.js';
export * from './events/index.js';
export {requestTurn, type Turn, type TurnOptions} from './browser/overlays/turn.js';
export type {ConsentSetting} from './browser/consent/consent-signal.js';
export type {KnownFacts} from './browser/facts.js';
export {storageReport, type StorageReportLine} from './browser/storage/storage-report.js';
export type {CheckoutHook, CheckoutHost} from './checkout/hook.js';
export {registerLocale} from './controllers/locale-controller.js';
export {SupportAppealElement} from './elements/appeal/support-appeal.js';
export {SupportAskElement} from './elements/ask/support-ask.js';
export {SupportMeterElement} from './elements/meter/support-meter.js';
export {SupportPaywallElement} from './elements/paywall/support-paywall.js';
export {SupportThanksElement} from './elements/thanks/support-thanks.js';
export {open, start, type StartOptions, type SupportSession} from './page/start.js';
export {
  toGa4,
  toPlausible,
  toSegment,
  toSnowplow,
  type ExportedEvent,
} from './browser/analytics/exporters.js';
export type {TrackEventsOptions} from './page/track-events.js';
