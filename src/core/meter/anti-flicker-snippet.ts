/** How does a page keep the text behind its preview unseen until a paywall in the browser has decided? */

/** What stands in a page's head, before its first paint. */
export interface GuardSnippet {
  /** The style element, as it is pasted. */
  readonly html: string;
  /** What stands in the element: the source of its hash in a content security policy. */
  readonly css: string;
}

/**
 * A style element for the head of a page whose article has `class="support-guard"`. The children of that
 * element, but for the first ones, keep their room and are not seen: for three seconds at most, or until
 * `<support-paywall>` has decided and takes the style element away. Who has no script never waits. With
 * another `preview` than 3 the element has another hash.
 * Throws on a preview that is no whole number of paragraphs.
 */
export function guardSnippet({preview = 3}: {readonly preview?: number} = {}): GuardSnippet {
  if (!Number.isInteger(preview) || preview < 0)
    throw new TypeError(
      `guardSnippet: expected \`preview\` to be a number of paragraphs but received ${preview}`,
    );
  const css = [
    '@media(scripting){',
    '.support-guard{animation:support-guard 3s!important}',
    `.support-guard>:nth-child(-n+${preview}){visibility:visible}`,
    '@keyframes support-guard{0%,to{visibility:hidden}}',
    // The words of a paywall that is not defined yet have the room of the line that it may show.
    'support-paywall:not(:defined){display:flow-root;animation:support-line 3s!important}',
    '@keyframes support-line{0%,to{visibility:hidden;height:2.45rem}}',
    '}',
  ].join('');
  return {css, html: `<style id="support-guard">${css}</style>`};
}
