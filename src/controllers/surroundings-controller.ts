import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {readHeading} from '../browser/placement/article-heading.js';
import {fitColumn} from '../browser/placement/fit-column.js';

/** Makes its host at home in the article: in the column of the text, with headings set like its own. */
export class SurroundingsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const host = this.#host;
    const root = host.getRootNode();
    // Within another of ours it stands where that puts it.
    if (root instanceof ShadowRoot && root.host.localName.startsWith('support-')) return;
    readHeading(host);
    if (!/bar|dialog/.test((host as {format?: string}).format ?? '')) this.#stop = fitColumn(host);
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
