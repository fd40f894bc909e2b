/**
 * The package's main entry: `start()` and what belongs to a page session, events and types. Importing it
 * does nothing, and it imports nothing that is fetched later.
 */

export type * from './core/index.js';
export * from './events/index.js';
export type {Turn, TurnOptions} from './browser/overlays/turn.js';
export type {ConsentSetting} from './browser/consent/consent-signal.js';
export type {KnownFacts} from './browser/facts.js';
export {storageReport, type StorageReportLine} from './browser/storage/storage-report.js';
export type {CheckoutHook, CheckoutHost} from './checkout/hook.js';
export {open} from './page/open.js';
export {requestTurn} from './page/request-turn.js';
export {start, type StartOptions, type SupportSession} from './page/start.js';
export type {ExportedEvent} from './browser/analytics/exporters.js';
export type {TrackEventsOptions} from './page/track-events.js';
