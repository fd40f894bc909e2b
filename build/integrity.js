/** Hashes every file of the script tag, and writes the lines that a site pastes. */

import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';

/** Subresource integrity of a text or buffer. */
export const integrityOf = content =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`;

/** Where the recipes suppose that a site serves the files. */
const base = '/js/';

/**
 * Response headers under which the script tag was tried. `'self'` is the site that serves the files;
 * NONCE stands for the site's own, which the tag then carries too. A hash cannot stand in for either:
 * browsers do not extend it to the chunk that the loader imports.
 */
const policies = {
  'own files only': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'`,
  nonce: `default-src 'none'; script-src 'nonce-NONCE' 'strict-dynamic'; style-src 'self'; connect-src 'self'`,
  'trusted types': `require-trusted-types-for 'script'; trusted-types reader-support`,
};

/** The anti-flicker snippet, which hides an article before the first paint, and how a policy allows it. */
async function guard() {
  const {outputFiles} = await build({
    entryPoints: ['src/core/meter/anti-flicker-snippet.ts'],
    write: false,
    format: 'esm',
  });
  const [{text}] = outputFiles;
  const {antiFlickerSnippet} = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  const {html, css} = antiFlickerSnippet();
  const hash = createHash('sha256').update(css).digest('base64');
  return {html, bytes: Buffer.byteLength(html), csp: `style-src 'sha256-${hash}'`};
}

/** The rollup plugin of what is built last: writes `integrity.json` beside the files and prints what it says. */
export default function integrity({entry, version}) {
  return {
    name: 'integrity',
    async writeBundle({dir}) {
      const scripts = readdirSync(dir).filter(name => name.endsWith('.js'));
      const files = {};
      for (const name of scripts.sort()) {
        const code = readFileSync(join(dir, name));
        files[name] = {integrity: integrityOf(code), bytes: code.length};
      }
      const loader = files[entry].integrity;
      const record = {
        version,
        base,
        files,
        // What an ask needs at once. It imports nothing further.
        preload: scripts.filter(name => name.startsWith('reader-support.interface-')),
        importmap: {
          integrity: Object.fromEntries(
            Object.entries(files).map(([name, file]) => [base + name, file.integrity]),
          ),
        },
        tag: `<script type="module" src="${base}${entry}" integrity="${loader}" crossorigin="anonymous"></script>`,
        csp: policies,
        guard: await guard(),
      };
      writeFileSync(join(dir, 'integrity.json'), `${JSON.stringify(record, null, 2)}\n`);
      for (const [name, file] of Object.entries(files)) {
        console.log(`${file.integrity}  ${String(file.bytes).padStart(6)} B  ${name}`);
      }
      console.log(record.tag);
      console.log(`${record.guard.html}  ${record.guard.bytes} B  ${record.guard.csp}`);
    },
  };
}
