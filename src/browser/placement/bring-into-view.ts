/** How does a reader who wished for an appeal get to it? */

/** As soon as it is drawn: before that it has no height. */
export function bringIntoView(element: HTMLElement): void {
  const scroll = () => {
    requestAnimationFrame(() => {
      element.scrollIntoView({block: element.offsetHeight < innerHeight ? 'center' : 'start'});
    });
  };
  if (element.hasAttribute('open')) scroll();
  else element.addEventListener('support-shown', scroll, {once: true});
}
