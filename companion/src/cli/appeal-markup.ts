/** Renders the real element to markup, by Lit's own server rendering. */

import {popularAmounts, type Campaign, type CampaignsFile} from 'reader-support/core';

interface Renderer {
  draw(campaign: Campaign, file: CampaignsFile): Promise<string>;
}

let renderer: Promise<Renderer | undefined> | undefined;

/** Where the renderer cannot be loaded, a report shows the words and amounts instead. */
async function load(): Promise<Renderer | undefined> {
  try {
    const [{render}, {collectResult}, {html}] = await Promise.all([
      import('@lit-labs/ssr'),
      import('@lit-labs/ssr/lib/render-result.js'),
      import('lit'),
      import('reader-support/define/support-appeal'),
    ]);
    return {
      draw: async (campaign, file) => {
        const markup = await collectResult(
          render(
            html`<support-appeal
              open
              format="inline"
              campaign=${campaign.id}
              checkout="/"
              .currency=${campaign.currency ?? file.currency}
              .offer=${campaign.offer ?? file.offer}
              .copy=${campaign.copy}
              .publication=${file.publication}
              .popular=${popularAmounts(file.popular, Date.now())}
            ></support-appeal>`,
          ),
        );
        // Articles are printed without their appeal, but reports must print it.
        return markup.replaceAll(/@media print\s*\{[^{}]*\{[^{}]*\}\s*\}/g, '');
      },
    };
  } catch {
    return undefined;
  }
}

/** Renders the appeal with a declarative shadow root; `undefined` where that is not possible. */
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
