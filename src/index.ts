/** The package's main entry: classes, events, types, `start()` and the rules. Importing it does nothing. */

export * from './core/index.js';
export * from './events.js';
export {requestTurn, type Turn, type TurnOptions} from './browser/turn.js';
export type {ConsentSetting} from './browser/consent-signal.js';
export type {KnownFacts} from './browser/facts.js';
export {storageReport, type StorageReportLine} from './browser/storage-report.js';
export {CheckoutError} from './checkout/checkout-error.js';
export type {CheckoutHook, CheckoutHost} from './checkout/hook.js';
export {registerLocale} from './controllers/locale-controller.js';
export {SupportAppealElement} from './elements/support-appeal.js';
export {SupportAskElement} from './elements/support-ask.js';
export {SupportMeterElement} from './elements/support-meter.js';
export {SupportPaywallElement} from './elements/support-paywall.js';
export {SupportThanksElement} from './elements/support-thanks.js';
export {open, start, type StartOptions, type Stop} from './start.js';
export {
  toGa4,
  toPlausible,
  toSegment,
  toSnowplow,
  type ExportedEvent,
} from './browser/exporters.js';
export {tell, type TellOptions} from './tell.js';
