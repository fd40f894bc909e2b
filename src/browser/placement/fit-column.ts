/** Gives an element the column of the paragraph before it, where a page narrows paragraphs alone. */

const fitted = 'data-support-column';

/** What a paragraph's place across the column is made of, beside its width. */
const copied = ['grid-column', 'place-self', 'margin-inline'];

/** No column is as wide. Where it is not what the browser computes, the site has a rule of its own. */
const noLimit = '99999px';

let sheet: CSSStyleSheet | undefined;

/**
 * Puts the rule after the page's style sheets, without any weight: it wins over a reset of everything
 * (`*`) only, and loses to whatever a site says of the element.
 */
function addRule(root: DocumentOrShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    const rules = [...copied, 'width'].map(name => `${name}:var(--_${name})`);
    sheet.replaceSync(`:where([${fitted}]){max-width:${noLimit};${rules.join(';')}}`);
  }
  if (!root.adoptedStyleSheets.includes(sheet))
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Finds the paragraph before an element, or else after it, which is set like the text. */
function paragraphBeside(element: Element): Element | undefined {
  for (const side of ['previousElementSibling', 'nextElementSibling'] as const)
    for (let at = element[side]; at; at = at[side])
      if (at.matches('p') && at.getClientRects()[0] && getComputedStyle(at).float === 'none')
        return at;
  // Alone in an element that reserves its room, it stands where that does.
  const {parentElement} = element;
  return parentElement?.childElementCount === 1 ? paragraphBeside(parentElement) : undefined;
}

function standsLike(element: Element, paragraph: Element): boolean {
  const [own, other] = [element, paragraph].map(it => it.getClientRects()[0]);
  return (
    !own || !other || (Math.abs(own.left - other.left) < 1 && Math.abs(own.width - other.width) < 1)
  );
}

function fit(host: HTMLElement): void {
  host.removeAttribute(fitted);
  // A class that block themes have for what stands out of the column; some do it by no rule at all.
  if (host.matches('[class*=align]') || getComputedStyle(host).columnSpan === 'all') return;
  // A wall stands outside the text that it is for.
  const paragraph =
    paragraphBeside(host) ??
    document.getElementById(host.getAttribute('for') ?? '')?.querySelector('p');
  if (!paragraph || standsLike(host, paragraph)) return;
  addRule(host.getRootNode() as Document | ShadowRoot);
  const style = getComputedStyle(paragraph);
  for (const name of copied) host.style.setProperty(`--_${name}`, style.getPropertyValue(name));
  host.style.setProperty('--_width', 'auto');
  host.setAttribute(fitted, '');
  if (!standsLike(host, paragraph)) {
    host.style.setProperty('--_width', `${paragraph.getClientRects()[0]?.width}px`);
  }
  // The site says something else of it.
  if (getComputedStyle(host).maxWidth !== noLimit || !standsLike(host, paragraph))
    host.removeAttribute(fitted);
}

/** Fits the element into its column, now and whenever that changes. Returns a function that ends it. */
export function fitColumn(host: HTMLElement): () => void {
  const column = host.parentElement ?? host;
  const measure = () => `${column.clientWidth} ${host.hidden}`;
  let measured = '';
  const look = () => {
    if (measured !== (measured = measure())) fit(host);
  };
  look();
  // A frame later: what the fit changes is no news in the frame that tells of a change.
  const observer = new ResizeObserver(() => requestAnimationFrame(look));
  observer.observe(host);
  observer.observe(column);
  return () => observer.disconnect();
}
