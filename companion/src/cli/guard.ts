/** `anti-flicker`: prints what stands in the head of a page whose paywall decides in the browser. */

import {createHash} from 'node:crypto';
import type {Command} from 'commander';
import {antiFlickerSnippet} from 'reader-support/core';
import {Refusal} from './refusal.js';

/** Adds `anti-flicker`. */
export function addGuard(program: Command): void {
  program
    .command('anti-flicker')
    .alias('guard')
    .description(
      'print the snippet that keeps a text unseen until the paywall in the browser decides',
    )
    .option('--preview <paragraphs>', 'how many children of the text are a preview', '3')
    .action(({preview}: {readonly preview: string}) => {
      const count = Number(preview);
      if (!Number.isInteger(count) || count < 0)
        throw new Refusal(`--preview: expected a number of paragraphs but received ${preview}`);
      const {html, css} = antiFlickerSnippet({preview: count});
      const hash = createHash('sha256').update(css).digest('base64');
      console.info(`${html}\n\nContent-Security-Policy: style-src 'sha256-${hash}'`);
    });
}
