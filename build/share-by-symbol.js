/**
 * Lets chunks use the loader's code whatever address the loader has.
 *
 * A chunk that shares code with the loader would import it by its plain name. On a site that writes
 * `reader-support.js?ver=6`, as WordPress does, that is another module: fetched a second time, one
 * round trip before the appeal. So the loader lays what is shared under a symbol of its version, and
 * the chunks take it from there.
 */

const slot = version => `globalThis[Symbol.for(${JSON.stringify(`reader-support ${version}`)})]`;

/** `{a: local}` pairs of an import or export, by the name they have outside. */
const pairs = (specifiers, outside, local) =>
  specifiers.map(one => {
    const names = [one[outside].name, one[local].name];
    return names[0] === names[1] ? names[0] : names.join(':');
  });

function replaced(code, node, text) {
  return code.slice(0, node.start) + text + code.slice(node.end);
}

/** The rollup plugin, to be placed after the minifier. `keep` are the loader's own exports. */
export default function shareBySymbol({entry, version, keep}) {
  return {
    name: 'share-by-symbol',
    renderChunk(code, chunk, _, {chunks}) {
      const {body} = this.parse(code);
      if (chunk.fileName === entry) {
        const last = body.find(node => node.type === 'ExportNamedDeclaration' && !node.source);
        const isKept = one => keep.includes(one.exported.name);
        const missing = keep.filter(
          name => !last?.specifiers.some(one => one.exported.name === name),
        );
        if (missing.length > 0) this.error(`${entry} does not export ${missing.join()}`);
        const own = last.specifiers
          .filter(isKept)
          .map(one => `${one.local.name} as ${one.exported.name}`);
        // A name that is the loader's own may be imported by a chunk as well.
        const wanted = new Set(
          Object.values(chunks).flatMap(other => other.importedBindings[entry] ?? []),
        );
        const shared = pairs(
          last.specifiers.filter(one => wanted.has(one.exported.name)),
          'exported',
          'local',
        );
        const share = `${slot(version)}??={${shared.join()}};`;
        return {code: replaced(code, last, `export{${own.join()}};${share}`), map: null};
      }
      const taken = body.find(
        node => node.type === 'ImportDeclaration' && node.source.value === `./${entry}`,
      );
      if (!taken) return null;
      const names = pairs(taken.specifiers, 'imported', 'local');
      return {code: replaced(code, taken, `const{${names.join()}}=${slot(version)};`), map: null};
    },
  };
}
