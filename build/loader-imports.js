/**
 * Has the loader import the files that were built before it by their names. Loader, interface, record and tools
 * are bundled apart, so that none of them imports the loader: see docs/decisions/bundled-apart.md. `__INTERFACE__`
 * in the loader stands for the name of the interface's file.
 */

import {fileURLToPath} from 'node:url';

const pathOf = source => fileURLToPath(new URL(`../${source}`, import.meta.url));

/** `entries` are modules that the loader imports when it needs them, with the entry that holds each. */
export default function loaderImports(entries) {
  const holders = new Map(Object.entries(entries).map(([source, name]) => [pathOf(source), name]));
  const files = new Map();
  return {
    /** The rollup plugin for what is built before the loader. */
    remember: {
      name: 'remember-names',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk' && chunk.isEntry) files.set(chunk.name, chunk.fileName);
        }
      },
    },
    /** The rollup plugin for the loader itself. */
    resolve: {
      name: 'loader-imports',
      async resolveDynamicImport(specifier, importer) {
        const resolved = await this.resolve(specifier, importer);
        const file = files.get(holders.get(resolved?.id));
        return file ? {id: `./${file}`, external: 'absolute'} : null;
      },
      renderChunk: code => code.replace('__INTERFACE__', JSON.stringify(files.get('interface'))),
      generateBundle(_, bundle) {
        const [, surplus] = Object.values(bundle).filter(({type}) => type === 'chunk');
        if (surplus) this.error(`the loader must be one file, but it also has ${surplus.fileName}`);
      },
    },
  };
}
