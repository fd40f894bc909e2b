/** Renders how many free articles have been read: a step for each, or one bar where there are many. */

import {html, type TemplateResult} from 'lit';

/** More steps than these nobody counts at a glance. */
const maxSteps = 10;

/** The words beside it say the same, so it is for the eye alone. */
export function renderSteps(free: number, read: number): TemplateResult {
  return free > maxSteps
    ? html`<progress part="bar" aria-hidden="true" max=${free} .value=${read}></progress>`
    : html`<span part="bar" aria-hidden="true"
        >${Array.from({length: free}, (_, step) => html`<i class=${step < read ? 'read' : ''}></i>`)}</span
      >`;
}
