import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {paperUnder} from '../browser/placement/paper-under.js';
import {ownProperties} from '../core/own-properties.js';

/** How much of the preview's last block fades at most, in px. */
const maxHeight = 96;

/** How far above the wall the preview may end, in px; further up something else stands between them. */
const maxGap = 64;

/** What is asked of a paywall. */
interface Wall extends ReactiveControllerHost, HTMLElement {
  readonly for: string | undefined;
  readonly state: string;
}

/** Finds the last block of a preview that ends above the wall. */
function lastBlock(wall: Wall): Element | null {
  let block = (wall.for && document.getElementById(wall.for)) || wall.previousElementSibling;
  while (block?.lastElementChild && !/^(p|li|pre|td)$/i.test(block.localName)) {
    const {lastElementChild} = block;
    block = lastElementChild === wall ? lastElementChild.previousElementSibling : lastElementChild;
  }
  return block;
}

/**
 * Tells the wall's style sheet how high to lay the colour of the paper over the preview above it, whose own
 * elements are left as they are. Where it would cover something else, or the paper has no single colour,
 * nothing fades.
 */
export class PreviewFadeController implements ReactiveController {
  readonly #wall: Wall;
  #stop = new AbortController();
  #observer: MutationObserver | undefined;

  constructor(wall: Wall) {
    this.#wall = wall;
    wall.addController(this);
  }

  hostConnected(): void {
    this.#stop = new AbortController();
    const options = ownProperties({signal: this.#stop.signal});
    const update = () => this.hostUpdated();
    // A page may turn dark while it is read, at once or slowly.
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', update, options);
    document.addEventListener('transitionend', update, options);
    addEventListener('resize', update, options);
    this.#observer = new MutationObserver(update);
    for (const element of [document.documentElement, document.body])
      this.#observer.observe(element, {attributes: true});
  }

  hostDisconnected(): void {
    this.#stop.abort();
    this.#observer?.disconnect();
  }

  hostUpdated(): void {
    const wall = this.#wall;
    const block = wall.state === 'locked' && lastBlock(wall);
    const paper = block && paperUnder(wall);
    if (!block || !paper) return void wall.style.removeProperty('--_fade');
    const {top, bottom, left, right} = block.getBoundingClientRect();
    const below = wall.getBoundingClientRect();
    const gap = below.top - bottom;
    const fits = gap >= 0 && gap < maxGap && left > below.left - 1 && right < below.right + 1;
    const height = fits ? gap + Math.min(maxHeight, bottom - top) : 0;
    wall.style.setProperty('--_fade', `${height}px`);
    wall.style.setProperty('--_fade-gap', `${gap}px`);
    wall.style.setProperty('--_fade-paper', paper);
  }
}
