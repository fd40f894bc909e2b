/** Reads the colour of the page's paper, for what lies over the page. */

const luminance = (color: string): number | undefined => {
  const [red, green, blue, alpha = 1] = (/^rgba?\(([^)]*)\)$/.exec(color)?.[1] ?? '')
    .split(/[\s,/]+/)
    .map(Number);
  if (red === undefined || green === undefined || blue === undefined || alpha !== 1) return;
  const linear = (part: number) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
};

/**
 * Sets `--_page` to the page's own background, where our ink is legible on it at 7:1 at least. A page that is
 * dark without saying so by its `color-scheme` would swallow the words.
 */
export function readPaper(host: HTMLElement): void {
  const paper = [document.body, document.documentElement]
    .map(element => getComputedStyle(element).backgroundColor)
    .find(color => luminance(color) !== undefined);
  const ink = luminance(getComputedStyle(host).color);
  const light = luminance(paper ?? '');
  if (!paper || light === undefined || ink === undefined) return;
  const contrast = (Math.max(light, ink) + 0.05) / (Math.min(light, ink) + 0.05);
  if (contrast >= 7) host.style.setProperty('--_page', paper);
}
