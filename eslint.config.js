import {defineConfig} from 'eslint/config';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const noUnsafeHtml = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'The page is never written as HTML: render through Lit or make nodes.',
  },
  {
    selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write/]",
    message: 'document.write is never used.',
  },
  {selector: "NewExpression[callee.name='Function']", message: 'Code is never made of text.'},
  {selector: 'ForInStatement', message: 'A page may have polluted prototypes: use for…of.'},
  {
    selector: 'TemplateElement[value.raw=/\\sstyle=/]',
    message: 'style attributes are blocked by strict style-src policies.',
  },
];

export default defineConfig(
  {ignores: ['**/dist', 'coverage', 'node_modules', '.cache', 'test/frameworks', 'test/fixtures']},
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Each feature adds its tables to the database's interface.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        {allowInterfaces: 'with-single-extends'},
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'companion/src/**/*.ts'],
    plugins: {lit, wc, 'lit-a11y': litA11y},
    rules: {
      ...lit.configs['flat/recommended'].rules,
      'wc/no-constructor-attributes': 'error',
      'wc/no-self-class': 'error',
      'wc/require-listener-teardown': 'error',
      'lit-a11y/click-events-have-key-events': 'error',
      'lit-a11y/no-autofocus': 'error',
      'lit-a11y/tabindex-no-positive': 'error',
      'no-eval': 'error',
      'no-console': ['error', {allow: ['warn', 'info', 'error']}],
      'no-restricted-syntax': ['error', ...noUnsafeHtml],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@stripe/stripe-js',
              message: 'It injects a script on import: use …/pure on intent.',
            },
            {name: 'lit/directives/style-map.js', message: 'Lost under strict style-src policies.'},
            {name: 'lit/directives/unsafe-html.js', message: 'Copy is never HTML.'},
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'companion/test/**/*.ts', 'bench/**/*.ts', 'demo/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
