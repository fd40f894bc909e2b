/** How does the real element look, without a browser? Drawn by Lit's own server rendering, where that is installed. */

import type {Campaign, CampaignsFile} from '../core/campaigns/campaign.js';

interface Renderer {
  draw(campaign: Campaign, file: CampaignsFile): Promise<string>;
}

let renderer: Promise<Renderer | undefined> | undefined;

/** `@lit-labs/ssr` is an optional dependency: whoever left it out gets the words and amounts instead. */
async function load(): Promise<Renderer | undefined> {
  try {
    const [{render}, {collectResult}, {html}] = await Promise.all([
      import('@lit-labs/ssr'),
      import('@lit-labs/ssr/lib/render-result.js'),
      import('lit'),
      import('../define/support-appeal.js'),
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
            ></support-appeal>`,
          ),
        );
        // An article is printed without its appeal. A report is printed for the appeal.
        return markup.replaceAll(/@media print\s*\{[^{}]*\{[^{}]*\}\s*\}/g, '');
      },
    };
  } catch {
    return undefined;
  }
}

/** Markup of the appeal with a declarative shadow root; nothing where that cannot be made. */
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
