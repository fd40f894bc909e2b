import {customElementVsCodePlugin} from 'custom-element-vs-code-integration';
import {writeFrameworkTypes} from './build/framework-types.js';

const isPublic = ({kind, privacy, static: isStatic, name}) =>
  !(privacy === 'private' || privacy === 'protected' || name.startsWith('#')) &&
  !(kind === 'field' && isStatic) &&
  !lifecycle.has(name);

const lifecycle = new Set(['connectedCallback', 'disconnectedCallback', 'willUpdate', 'updated']);

/** Where a source file ends up in the package. */
const published = path => path.replace(/^\/?src\//, 'dist/npm/').replace(/\.ts$/, '.js');

/** Only what a page can use, at the paths it can be imported from. */
const publicSurface = {
  name: 'public-surface',
  analyzePhase({ts, node, moduleDoc}) {
    // `{state: true}` is private, whatever the analyzer makes of it.
    if (!ts.isPropertyDeclaration(node) || node.name.getText() !== 'properties') return;
    const declaration = moduleDoc.declarations?.find(one => one.name === node.parent.name?.text);
    for (const property of node.initializer?.properties ?? []) {
      if (!/\bstate:\s*true\b/.test(property.initializer?.getText() ?? '')) continue;
      (declaration.states ??= new Set()).add(property.name.getText());
    }
  },
  packageLinkPhase({customElementsManifest}) {
    for (const module of customElementsManifest.modules) {
      module.path = published(module.path);
      for (const {declaration} of module.exports ?? []) {
        if (declaration?.module) declaration.module = published(declaration.module);
      }
      for (const declaration of module.declarations ?? []) {
        const {states} = declaration;
        delete declaration.states;
        for (const member of [...(declaration.members ?? []), ...(declaration.attributes ?? [])]) {
          if (member.inheritedFrom)
            member.inheritedFrom.module &&= published(member.inheritedFrom.module);
        }
        declaration.members &&= declaration.members.filter(
          member => isPublic(member) && !states?.has(member.name),
        );
        declaration.attributes &&= declaration.attributes.filter(
          ({name, fieldName}) => name && !states?.has(fieldName ?? name),
        );
        // `dispatchEvent(new SupportShownEvent())` names a class; the doc tag names the event.
        declaration.events &&= declaration.events.filter(({name}) => name);
        if (declaration.superclass?.module) {
          declaration.superclass.module = published(declaration.superclass.module);
        }
      }
    }
    customElementsManifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
    writeFrameworkTypes(customElementsManifest);
  },
};

export default {
  globs: ['src/elements/**/*.ts', 'src/define/*.ts'],
  exclude: ['src/elements/**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  plugins: [
    publicSurface,
    customElementVsCodePlugin({
      outdir: 'dist',
      htmlFileName: 'vscode.html-custom-data.json',
      cssFileName: 'vscode.css-custom-data.json',
      hideLogs: true,
    }),
  ],
};
