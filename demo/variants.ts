/** Renders the members' story for print, AMP and the feed, complete and before the gate cuts it. */

/** Extracts the parts of the page that its variants repeat. */
function partsOf(page: string) {
  const find = (pattern: RegExp) => pattern.exec(page)?.[1] ?? '';
  return {
    title: find(/<h1>(.*?)<\/h1>/),
    teaser: find(/name="description"\s+content="([^"]*)"/),
    data: find(/(<script type="application\/ld\+json">[^]*?<\/script>)/),
    text: find(/id="members-body">([^]*?)<support-paywall/),
  };
}

const headOf = (title: string, data: string) =>
  `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} | The Harbour Post</title><link rel="canonical" href="/members.html"><link rel="icon" href="/images/icon.svg"><link rel="stylesheet" href="/newspaper.css">${data}</head>`;

/** The footer of every variant, with a link to the story. */
const foot =
  '<p class="story-end">From The Harbour Post, where <a href="/members.html">this story</a> is for members.</p>';

/** Renders the story alone, for print. */
export function printVersion(page: string): string {
  const {title, data, text} = partsOf(page);
  return `<!doctype html><html lang="en">${headOf(title, data)}<body class="print"><main class="page"><article class="article"><header class="article-head"><h1>${title}</h1></header><div class="story-body" id="members-body">${text}</div>${foot}</article></main></body></html>`;
}

/** Renders the story with AMP's section markup. */
export function ampVersion(page: string): string {
  const {title, data, text} = partsOf(page);
  const [preview = '', rest = ''] = text.split('<div class="members-only" data-support-gated>');
  return `<!doctype html><html amp lang="en">${headOf(title, data)}<body><main class="page"><article class="article"><header class="article-head"><h1>${title}</h1></header><div class="story-body" id="members-body">${preview}<section class="members-only" subscriptions-section="content">${rest.replace('</div>', '')}</section></div>${foot}</article></main></body></html>`;
}

/** Renders the feed with the complete story. */
export function feedOf(page: string, site: string): string {
  const {title, teaser, text} = partsOf(page);
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Harbour Post</title><link>${site}/</link><description>News of Port Merrow</description><item><title>${title}</title><link>${site}/members.html</link><guid>${site}/members.html</guid><description>${teaser}</description><content:encoded><![CDATA[${text}]]></content:encoded></item></channel></rss>`;
}
