/** Collects the licences of what is bundled into the script tag, in one file. */

import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const packageFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;

const foldersOf = chunk => {
  const ids = Object.keys(chunk.modules).map(id => id.replaceAll('\\', '/'));
  return [...new Set(ids.flatMap(id => packageFolder.exec(id)?.[0] ?? []))];
};

/** One line that names what a chunk contains. */
const notice = chunk => {
  const names = foldersOf(chunk).map(folder => nameOf(folder));
  if (names.some(name => /^(lit(-.*)?|@lit\/.*)$/.test(name))) {
    return '/*! LICENSES.txt */';
  }
  return names.length > 0 ? `/*! Contains ${names.join(', ')}: see LICENSES.txt */` : '';
};

const nameOf = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;

/** The rollup plugin: names them in each chunk, after the minifier, and emits `LICENSES.txt` with the licence of every package in the bundle. */
export default function licenses() {
  return {
    name: 'licenses',
    renderChunk(code, chunk) {
      const line = notice(chunk);
      return line === '' ? null : {code: `${line}\n${code}`, map: null};
    },
    generateBundle(_, bundle) {
      const folders = new Set();
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') for (const folder of foldersOf(file)) folders.add(folder);
      }
      const texts = [...folders].sort().map(folder => {
        const {name, version, license} = JSON.parse(
          readFileSync(join(folder, 'package.json'), 'utf8'),
        );
        let text = '';
        try {
          text = readFileSync(join(folder, 'LICENSE'), 'utf8');
        } catch {
          this.warn(`${name} has no LICENSE file; only its name is listed`);
        }
        return `${name} ${version} (${license})\n\n${text}`;
      });
      const own = readFileSync('LICENSE', 'utf8');
      this.emitFile({
        type: 'asset',
        fileName: 'LICENSES.txt',
        source: [`reader-support\n\n${own}`, ...texts].join(`\n${'-'.repeat(72)}\n\n`),
      });
    },
  };
}
