/** Exports the gate, which keeps an article's text on the server, for a site's own server or worker. */

export {gateHtml, type GateHtmlOptions} from './gate-html.js';
export type {GateFeedOptions} from './feed-options.js';
export {gateFeed} from './gate-feed.js';
export type {Cut} from './truncate.js';
export type {HiddenCopies} from './duplicate-text.js';
export type {GateDecision} from './decision.js';
export {companionPass, type CompanionPass} from './companion-pass.js';
export {createGate} from './gate.js';
export type {AccessDecision, Gate, GatedArticle, GateOptions, Institution, Next} from './gate.js';
export type {SharedPreview} from './shared-preview.js';
export type {EntitlementProvider} from './access-decision.js';
export {crawlerCheck, type CrawlerRules, type Resolver} from './crawler.js';
export {
  giftLinks,
  memoryGiftLedger,
  type ArticleGift,
  type GiftLedger,
  type GiftOptions,
  type GiftOutcome,
} from './gift-links.js';
export {sqlGiftLedger} from './sql-gift-ledger.js';
export {honoGate} from './hono-gate.js';
export {nodeGate, type NodeMiddleware, type NodeRequest, type NodeResponse} from './node-gate.js';
export {
  linkKey,
  linkParameter,
  readLink,
  signLink,
  type LinkKind,
  type OpenLink,
} from './share-link.js';
