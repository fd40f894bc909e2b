/** Names the states whose pictures stand in the documentation, and what the pictures are made of. */

import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {states, type GalleryState} from './states.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the pictures are kept. */
export const pictureFolder: string = `${root}docs/images/`;

export interface Picture {
  readonly name: string;
  readonly state: GalleryState;
  /** Height of the window, in CSS pixels; without one, of the whole page. */
  readonly height?: number;
}

function find(wanted: Partial<GalleryState>): GalleryState {
  const all = {theme: 'default', scheme: 'light', direction: 'ltr', ...wanted};
  const state = states.find(state =>
    Object.entries(all).every(([field, value]) => state[field as keyof GalleryState] === value),
  );
  if (!state) throw new Error(`expected a state like ${JSON.stringify(all)} in the gallery`);
  return state;
}

export const pictures: readonly Picture[] = [
  {name: 'desktop', state: find({format: 'inline', state: 'rest', width: 1280})},
  {name: 'phone', state: find({format: 'bar', state: 'collapsed', width: 390}), height: 640},
  {name: 'phone-open', state: find({format: 'bar', state: 'amounts', width: 390}), height: 640},
];

/** Sources whose change may change a picture: of the elements, their words, their themes and the gallery. */
const folders = ['src/controllers', 'src/elements', 'src/locales', 'src/themes', 'demo/gallery'];
const files = [
  'demo/gallery.css',
  'demo/pages/gallery-state.html',
  'demo/support/campaigns.json',
  'demo/images/slipway.svg',
  'demo/images/tilda-marsh.svg',
  'scripts/screenshots.ts',
];

/** Returns a digest of everything that a picture is made of. */
export function digestOfInputs(): string {
  const inFolders = folders.flatMap(folder =>
    readdirSync(root + folder, {recursive: true, encoding: 'utf8'})
      .filter(name => /\.(ts|css)$/.test(name))
      .map(name => `${folder}/${name}`),
  );
  const hash = createHash('sha256');
  for (const path of [...inFolders, ...files].sort()) {
    hash.update(`${path}\n`).update(readFileSync(root + path));
  }
  return hash.digest('hex');
}
