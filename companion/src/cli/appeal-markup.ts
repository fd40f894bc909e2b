/** Renders the real element to markup, by Lit's own server rendering. */

import {popularAmounts, type Campaign, type CampaignsFile, type Copy} from 'reader-support/core';
import {accentOf, articlesOf} from '../report/arm-preview.js';

interface Renderer {
  draw(campaign: Campaign, file: CampaignsFile): Promise<string>;
}

/** Leaves out the portrait, which would be a request. */
function withoutPortrait(copy: Copy | undefined): Copy | undefined {
  if (!copy?.byline) return copy;
  const {name, role} = copy.byline;
  return {...copy, byline: {name, ...(role !== undefined && {role})}};
}

let renderer: Promise<Renderer | undefined> | undefined;

/** Where the renderer cannot be loaded, a report shows the words and amounts instead. */
async function load(): Promise<Renderer | undefined> {
  try {
    const [{render}, {collectResult}, {html, nothing}] = await Promise.all([
      import('@lit-labs/ssr'),
      import('@lit-labs/ssr/lib/render-result.js'),
      import('lit'),
      import('reader-support/define/support-appeal'),
    ]);
    return {
      draw: async (campaign, file) => {
        const accent = accentOf(campaign);
        const markup = await collectResult(
          render(
            html`<support-appeal
              open
              format="inline"
              campaign=${campaign.id}
              checkout="/"
              .currency=${campaign.currency ?? file.currency}
              .offer=${campaign.offer ?? file.offer}
              .copy=${withoutPortrait(campaign.copy)}
              .publication=${file.publication}
              theme=${campaign.theme ?? nothing}
              accent=${accent ?? nothing}
              .frequencies=${campaign.frequencies}
              .articles=${articlesOf(campaign)}
              .minArticles=${campaign.minArticles}
              .methods=${file.methods}
              .manage=${file.manage}
              .popular=${popularAmounts(file.popular, Date.now())}
            ></support-appeal>`,
          ),
        );
        // Articles are printed without their appeal, but reports must print it.
        const printed = markup.replaceAll(/@media print\s*\{[^{}]*\{[^{}]*\}\s*\}/g, '');
        if (accent === undefined) return printed;
        // On a page the element's script says it.
        return `<style>support-appeal[accent="${accent}"] { --support-accent: ${accent} }</style>${printed}`;
      },
    };
  } catch {
    return undefined;
  }
}

/** Renders the appeal with a declarative shadow root and without pictures; `undefined` where that is not possible. */
export async function drawAppeal(
  campaign: Campaign,
  file: CampaignsFile,
): Promise<string | undefined> {
  renderer ??= load();
  try {
    return await (await renderer)?.draw(campaign, file);
  } catch {
    return undefined;
  }
}
