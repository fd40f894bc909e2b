/** Which bytes did we release? Hashes of every file of the script tag, and the lines a site pastes. */

import {createHash} from 'node:crypto';

/** Subresource integrity of a text or buffer. */
export const integrityOf = content =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`;

/** Where the recipes suppose that a site serves the files. */
const base = '/js/';

/** Response headers under which the script tag was tried. `'self'` is the site that serves the files. */
function policies(loader) {
  return {
    'own files only': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'`,
    'by hash': `default-src 'none'; script-src '${loader}' 'strict-dynamic'; style-src 'self'; connect-src 'self'`,
    'trusted types': `require-trusted-types-for 'script'; trusted-types reader-support`,
  };
}

/** Makes the plugins of the two builds: the interface first, then the loader, which knows its name. */
export default function integrity({entry, version}) {
  const files = {};
  const preload = [];

  const add = bundle => {
    for (const {fileName, code} of Object.values(bundle)) {
      if (code === undefined) continue;
      files[fileName] = {integrity: integrityOf(code), bytes: Buffer.byteLength(code)};
    }
  };

  const record = () => {
    const loader = files[entry].integrity;
    return {
      version,
      base,
      files,
      preload,
      importmap: {
        integrity: Object.fromEntries(
          Object.entries(files).map(([name, file]) => [base + name, file.integrity]),
        ),
      },
      tag: `<script type="module" src="${base}${entry}" integrity="${loader}" crossorigin="anonymous"></script>`,
      csp: policies(loader),
    };
  };

  return {
    /** Hashes the interface, and notes which files an ask needs at once. */
    ofInterface: {
      name: 'integrity-of-interface',
      generateBundle: {
        order: 'post',
        handler(_, bundle) {
          add(bundle);
          const need = name => {
            if (preload.includes(name)) return;
            preload.push(name);
            for (const next of bundle[name].imports) need(next);
          };
          for (const file of Object.values(bundle)) if (file.isEntry) need(file.fileName);
        },
      },
    },
    /** Points the loader at the interface, then emits `integrity.json` and prints what it says. */
    ofLoader: {
      name: 'integrity-of-loader',
      resolveId: {
        order: 'pre',
        handler: id =>
          id === './script-interface.js' ? {id: `./${preload[0]}`, external: 'relative'} : null,
      },
      generateBundle: {
        order: 'post',
        handler(_, bundle) {
          add(bundle);
          this.emitFile({
            type: 'asset',
            fileName: 'integrity.json',
            source: `${JSON.stringify(record(), null, 2)}\n`,
          });
          for (const [name, file] of Object.entries(files)) {
            console.log(`${file.integrity}  ${String(file.bytes).padStart(6)} B  ${name}`);
          }
          console.log(record().tag);
        },
      },
    },
  };
}
