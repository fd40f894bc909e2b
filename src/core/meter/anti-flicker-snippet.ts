/** Creates the anti-flicker snippet, which hides the text behind a preview until the paywall has decided. */

/** The snippet for a page's head. */
export interface AntiFlickerSnippet {
  /** The style element to paste. */
  readonly html: string;
  /** The content of the element, whose hash a Content Security Policy needs. */
  readonly css: string;
}

/**
 * Returns a style element for the head of a page whose article has `class="support-guard"`. It hides the
 * children of that element after the preview without changing the layout, until `<support-paywall>` has
 * decided and removes the style element, for three seconds at most. Readers without scripts never wait.
 * Another `preview` than 3 changes the element's hash.
 * Throws a `TypeError` on a preview that is not a whole number of paragraphs.
 */
export function antiFlickerSnippet({
  preview = 3,
}: {readonly preview?: number} = {}): AntiFlickerSnippet {
  if (!Number.isInteger(preview) || preview < 0)
    throw new TypeError(
      `antiFlickerSnippet: expected \`preview\` to be a number of paragraphs but received ${preview}`,
    );
  const css = [
    '@media(scripting){',
    '.support-guard{animation:support-guard 3s!important}',
    `.support-guard>:nth-child(-n+${preview}){visibility:visible}`,
    '@keyframes support-guard{0%,to{visibility:hidden}}',
    // A paywall that is not defined yet reserves the height of the line that it may show.
    'support-paywall:not(:defined){display:flow-root;animation:support-line 3s!important}',
    '@keyframes support-line{0%,to{visibility:hidden;height:2.45rem}}',
    '}',
  ].join('');
  return {css, html: `<style id="support-guard">${css}</style>`};
}
