/** Renders a version's copy and amounts, for reports that cannot render the element itself. */

import {html} from 'hono/html';
import type {HtmlEscapedString} from 'hono/utils/html';
import {
  amountsOf,
  type Campaign,
  type CampaignsFile,
  chooseCurrency,
  type CopyNode,
  defaultOffer,
  formatMoney,
  frequencies,
  fromPrice,
  parseCopy,
} from 'reader-support/core';

/** Markup that is safe to put into a page. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

function renderCopy(nodes: readonly CopyNode[]): Markup[] {
  return nodes.map(node => {
    if (node.type === 'text') return html`${node.text}`;
    const inner = renderCopy(node.children);
    if (node.type === 'strong') return html`<strong>${inner}</strong>`;
    if (node.type === 'emphasis') return html`<em>${inner}</em>`;
    // Links of an appeal must not lead out of the report.
    return html`<u>${inner}</u>`;
  });
}

const names = {monthly: 'Monthly', annual: 'Yearly', once: 'Once'};

/** Renders the copy and amounts of an appeal. */
export function armPreview(campaign: Campaign, file: CampaignsFile): Markup {
  const offer = campaign.offer ?? file.offer ?? defaultOffer;
  const configured = campaign.currency ?? file.currency;
  const currency = chooseCurrency(offer, {locale: 'en', ...(configured ? {configured} : {})});
  const from = fromPrice(offer, currency);
  const values = {
    publication: file.publication ?? '',
    from: from ? formatMoney(from.money, 'en') : '',
    articles: '10',
  };
  const {heading, body = [], reassurance} = campaign.copy ?? {};
  const lists = frequencies.flatMap(frequency => {
    const amounts = amountsOf(offer, frequency, currency);
    if (!amounts) return [];
    const items = amounts.presets.map(
      minor =>
        html`<li ${minor === amounts.preset ? html`class="preset"` : ''}>
          ${formatMoney({minor, currency}, 'en')}
        </li>`,
    );
    return [
      html`<p class="quiet">${names[frequency]}</p>
        <ul class="amounts">
          ${items}
        </ul>`,
    ];
  });
  return html`<div class="appeal" data-drawn="words">
    ${heading === undefined ? '' : html`<h4>${renderCopy(parseCopy(heading, values))}</h4>`}
    ${body.map(text => html`<p>${renderCopy(parseCopy(text, values))}</p>`)} ${lists}
    ${reassurance === undefined ? '' : html`<p class="quiet">${renderCopy(parseCopy(reassurance, values))}</p>`}
  </div>`;
}
