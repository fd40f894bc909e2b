/**
 * Fills an appeal with what its campaign, the options and the file say, except for what the site says on
 * the element itself.
 */

import {page, type FilledValue} from '../browser/page.js';
import {countedArticles} from '../browser/storage/counted-articles.js';
import type {Campaign} from '../core/campaigns/campaign.js';
import {matchLanguage} from '../core/copy/match-language.js';
import {offerSold} from '../core/money/checkout-setting.js';
import type {Attribution} from '../core/money/checkout.js';
import {offeredCurrencies, type Offer} from '../core/money/offer.js';
import {popularAmounts} from '../core/money/popular.js';
import {ownFormat, ownValue} from './page-campaigns.js';
import type {Versioned} from './page-view.js';

/** Returns the copy for the language of the page. */
function copyOf({copy, copies = {}}: Campaign): Campaign['copy'] {
  const language = matchLanguage(document.documentElement.lang, Object.keys(copies));
  return language === undefined ? copy : copies[language];
}

/** Sets a property, and remembers what the site says there. */
function put(appeal: Element, name: string, value: unknown, own = ownValue(appeal, name)): void {
  const properties = appeal as unknown as Record<string, unknown>;
  if (properties[name] === value) return;
  const all = (page().filled ??= new WeakMap());
  const filled = all.get(appeal) ?? (Object.create(null) as Record<string, FilledValue>);
  all.set(appeal, filled);
  properties[name] = value;
  filled[name] = {value, own};
}

/**
 * Fills the appeal, field by field: the element's own value, else the campaign's, else that of the options,
 * else the file's. Returns `false` where Payment Links sell nothing of what is offered.
 */
export function fillAppeal(appeal: HTMLElement, showing: Versioned): boolean {
  const {options, file, campaign, attribution, arm} = showing;
  const own = (name: string) => ownValue(appeal, name);
  const checkout = own('checkout') ?? campaign.checkout ?? options.checkout ?? file.checkout;
  const offered = (own('offer') as Offer | undefined) ?? campaign.offer ?? file.offer;
  const offer = offerSold(checkout, offered);
  if (offer !== offered && !offeredCurrencies(offer as Offer)[0]) return false;

  const values: Record<string, unknown> = {
    checkout,
    currency: campaign.currency,
    copy: copyOf(campaign),
    cadence: campaign.cadence,
    campaignEnds: campaign.schedule?.end,
    minArticles: campaign.minArticles,
    theme: campaign.theme,
    accent: campaign.accent,
    image: campaign.image,
    frequencies: campaign.frequencies,
    collapsed: campaign.collapsed,
    imageOrigins: file.imageOrigins,
    methods: file.methods,
    manage: file.manage,
    popular: popularAmounts(file.popular, Date.now()),
    readerId: options.readerId,
    publication: file.publication,
    origins: file.origins,
    waitFor: file.waitFor,
    stackAbove: file.stackAbove,
  };
  for (const [name, value] of Object.entries(values)) put(appeal, name, own(name) ?? value);
  // Of the site's own offer, too, Payment Links may leave a part.
  put(appeal, 'offer', offer);
  put(appeal, 'format', campaign.format ?? 'inline', ownFormat(appeal) ?? null);
  put(appeal, 'campaign', campaign.id);
  put(appeal, 'articles', countedArticles());
  // The session alone knows which arm it was. Whoever counts reads that off the appeal.
  const said = own('attribution') as Attribution | undefined;
  const {experiment, arm: armShown, exposure} = attribution ?? {};
  const both: {-readonly [Key in keyof Attribution]: Attribution[Key]} = {...said, ...attribution};
  if (exposure === undefined) delete both.exposure;
  put(appeal, 'attribution', attribution ? both : said);
  for (const [name, value] of Object.entries({experiment, arm: armShown, exposure}))
    put(appeal, name, value);
  if (arm === undefined) appeal.removeAttribute('arm');
  else appeal.setAttribute('arm', arm);
  return true;
}
