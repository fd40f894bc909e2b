/** A campaigns file with an experiment, and the sums of its readers. */

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {aFolder, run, type Ended} from './fixtures.js';

export const anAppeal: string = `{
  // The newsroom's file.
  "currency": "EUR",
  "companion": "/companion",
  "offer": {"monthly": {"EUR": {"min": 200, "max": 50000, "presets": [300, 500], "preset": 500}}},
  "campaigns": [
    {
      "id": "winter",
      "copy": {
        "heading": "A message", // of ours
        "body": ["From {from} a month."]
      }
    }
  ],
  "experiments": [
    {
      "id": "autumn-appeal",
      "version": 1,
      "campaign": "winter",
      "arms": {
        "control": {"weight": 0.5},
        "plain-words": {"weight": 0.5, "overrides": {"copy": {"heading": "You read us."}}}
      },
      "plan": {"days": 14, "readers": 3000, "lift": 0.2}
    }
  ]
}
`;

/** The same without comments, which `report` and pages can read. */
export const published: string = anAppeal.replaceAll(/ *\/\/.*/g, '');

/** Eight days of readers, of whom so many a day give €10 in each arm. */
export const sumsOf = (
  control: number,
  other: number,
  {closed = 0, experiment = 'autumn-appeal@1'} = {},
): string =>
  [
    'day,experiment,arm,readers,seen,gifts,value,capped,squares,cubes,closed',
    ...Array.from({length: 8}, (_, i) =>
      [['control', control, 0] as const, ['plain-words', other, closed] as const].map(
        ([arm, gifts, closes]) => {
          const day = new Date(Date.UTC(2026, 9, 1 + i)).toISOString().slice(0, 10);
          const money = [gifts * 1000, gifts * 1000, gifts * 1e6, gifts * 1e9];
          return [day, experiment, arm, 200, 200, gifts, ...money, closes].join();
        },
      ),
    ).flat(),
  ].join('\n');

/** A folder with a campaigns file and its sums. */
export const aTest = (text: string = anAppeal, sums: string = sumsOf(10, 40)): string =>
  aFolder({'campaigns.json': text, 'sums.csv': sums});

/** Ends the experiment of a folder. */
export const conclude = (folder: string, ...more: readonly string[]): Promise<Ended> =>
  run([
    ...['conclude', join(folder, 'campaigns.json'), 'autumn-appeal'],
    ...['--sums', join(folder, 'sums.csv'), ...more],
  ]);

export const textIn = (folder: string, ...names: readonly string[]): string =>
  readFileSync(join(folder, ...names), 'utf8');
