/**
 * Checks the words of all languages: `npm run check:locales`. Lists keys that are missing or that nothing
 * uses, placeholders that are not English's, missing plural forms, and languages that are not registered.
 */

import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import ts from 'typescript';
import {matchLanguage} from '../src/core/copy/match-language.js';
import type {Message} from '../src/locales/en.js';

const root = new URL('../', import.meta.url);

/** Words of one language from one file, by key; a key inside another is `outer.inner`. */
export interface Words {
  readonly file: string;
  readonly language: string;
  readonly texts: ReadonlyMap<string, Message>;
}

/** Whether a value is a message with plural forms, and not a list of messages: one has the key `other`, too. */
const isPlural = (value: object): value is Exclude<Message, string> =>
  Object.keys(value).every(form => /^(zero|one|two|few|many|other)$/.test(form));

/** Lists the messages of a file, at any depth. */
function messagesOf(value: unknown, key = ''): [string, Message][] {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value !== 'object' || value === null) return [];
  if (isPlural(value)) return [[key, value]];
  return Object.entries(value).flatMap(([name, inner]) =>
    messagesOf(inner, key ? `${key}.${name}` : name),
  );
}

const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{\w+\}/g)].map(String).sort();

const listOf = (names: readonly string[]): string => names.join(', ') || 'none';

/** Whether a plural form of a language is that of a single whole number, which it may spell out. */
function isOfOneNumber(language: string, form: string): boolean {
  const rules = new Intl.PluralRules(language);
  const numbers = Array.from({length: 200}, (_, number) => number);
  return numbers.filter(number => rules.select(number) === form).length === 1;
}

/** Returns what is wrong with one message, compared with the English one. */
function messageProblems(language: string, message: Message, english: Message): string[] {
  const problems: string[] = [];
  const isText = typeof message === 'string';
  if (!isText && typeof english === 'string') return ['has plural forms, and English has none'];
  const forms: [string, string][] = isText ? [['', message]] : Object.entries(message);
  if (!isText) {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const missing = needed.filter(form => !Object.hasOwn(message, form));
    if (missing.length) problems.push(`lacks the plural form ${missing.join(', ')}`);
    const unknown = Object.keys(message).filter(form => !(needed as string[]).includes(form));
    if (unknown.length) problems.push(`has ${unknown.join(', ')}, no plural form of ${language}`);
  }
  const wanted = placeholdersOf(typeof english === 'string' ? english : english.other);
  for (const [form, text] of forms) {
    const where = form && `${form}: `;
    if (!/^\S(.*\S)?$/s.test(text)) problems.push(`${where}is empty or has a blank at an end`);
    if (/[<>&]| {2}|\n/.test(text)) problems.push(`${where}has markup, two blanks or a line break`);
    const given = placeholdersOf(text);
    const isSpelledOut =
      form && !given.includes('{count}') && isOfOneNumber(language, form) && wanted.length === 1;
    if (!isSpelledOut && String(given) !== String(wanted))
      problems.push(`${where}has the placeholders ${listOf(given)} instead of ${listOf(wanted)}`);
  }
  return problems;
}

/** Returns what is wrong with the words of a language, one line a problem, with file and key. */
export function wordProblems(words: Words, english: Words): string[] {
  const {file, language, texts} = words;
  const problems: string[] = [];
  for (const [key, message] of english.texts) {
    const own = texts.get(key);
    if (own === undefined) problems.push(`${file}: ${key}: is missing`);
    else
      for (const problem of messageProblems(language, own, message))
        problems.push(`${file}: ${key}: ${problem}`);
  }
  for (const key of texts.keys())
    if (!english.texts.has(key)) problems.push(`${file}: ${key}: is no key of ${english.file}`);
  return problems;
}

/** Returns which keys of English nothing uses. */
export function unusedProblems(english: Words, used: ReadonlySet<string>): string[] {
  return [...english.texts.keys()]
    .filter(key => !used.has(key))
    .map(key => `${english.file}: ${key}: is used nowhere in src; remove it from every language`);
}

/** The files with words of which each language has one. */
const folders = [
  {folder: 'src/locales', name: 'messages'},
  {folder: 'src/locales/paywall', name: 'words'},
  {folder: 'companion/src/mail/translations', name: 'words'},
] as const;

const byMail = 'src/elements/appeal/by-mail-words.ts';

/** Reads the words of all languages, each list with English among them. */
export async function readWords(): Promise<readonly (readonly Words[])[]> {
  const load = async (file: string, name: string) =>
    ((await import(new URL(file, root).href)) as Readonly<Record<string, unknown>>)[name];
  const lists: Words[][] = [];
  for (const {folder, name} of folders) {
    const tags = readdirSync(new URL(folder, root))
      .map(file => /^([a-z]{2,3}(?:-[A-Z]{2})?)\.ts$/.exec(file)?.[1])
      .filter(tag => tag !== undefined);
    lists.push(
      await Promise.all(
        tags.map(async language => {
          const file = `${folder}/${language}.ts`;
          return {file, language, texts: new Map(messagesOf(await load(file, name)))};
        }),
      ),
    );
  }
  const languages = Object.entries((await load(byMail, 'byMailWords')) as object);
  lists.push(
    languages.map(([language, words]) => ({
      file: `${byMail} (${language})`,
      language,
      texts: new Map(messagesOf(words)),
    })),
  );
  return lists;
}

/** The source files that name every language, and how. */
const registers: readonly {readonly file: string; readonly entry: (tag: string) => string}[] = [
  {file: 'src/controllers/locale-controller.ts', entry: tag => `'../locales/${tag}.js'`},
  {file: 'src/controllers/paywall-words.ts', entry: tag => `'../locales/paywall/${tag}.js'`},
  {file: 'companion/src/mail/translations/index.ts', entry: tag => `'./${tag}.js'`},
  {file: 'rollup.config.js', entry: tag => `'${tag}'`},
  {file: 'docs/languages.md', entry: tag => `\`${tag}\``},
];

/** Returns which languages have not all their files, or are named nowhere. */
function registerProblems(lists: readonly (readonly Words[])[]): string[] {
  const [messages = [], ...others] = lists;
  const tags = messages.map(({language}) => language);
  const missing = others.flatMap(list => {
    const spoken = list.map(({language}) => language);
    const place = list[0]?.file.replace(/\/[\w-]+\.ts$| \(.*$/, '') ?? '';
    return tags
      .filter(tag => matchLanguage(tag, spoken) === undefined)
      .map(tag => `${place}: ${tag}: has no words here`);
  });
  const unnamed = registers.flatMap(({file, entry}) => {
    const source = readFileSync(new URL(file, root), 'utf8');
    // English is part of the interface.
    const isNamed = (tag: string) => tag === 'en' || source.includes(entry(tag));
    return tags.filter(tag => !isNamed(tag)).map(tag => `${file}: ${tag}: is not listed`);
  });
  return [...missing, ...unnamed];
}

/** Lists the texts that an expression of a union type may be; `undefined` for any text. */
function literalsOf(type: ts.Type): string[] | undefined {
  const types = type.isUnion() ? type.types : [type];
  const literals = types.filter(part => part.isStringLiteral()).map(part => part.value);
  return literals.length ? literals : undefined;
}

/**
 * Finds the keys that `t()` is called with anywhere in src, by the type of its argument. Where that is any
 * key, it is what is written in that file.
 */
export function usedKeys(all: ReadonlySet<string>): ReadonlySet<string> {
  const configPath = fileURLToPath(new URL('tsconfig.json', root));
  const {config} = ts.readConfigFile(configPath, path => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const {options} = ts.parseJsonConfigFileContent(config, ts.sys, fileURLToPath(root));
  const files = readdirSync(new URL('src', root), {recursive: true, encoding: 'utf8'})
    .filter(file => file.endsWith('.ts') && !file.startsWith('locales'))
    .map(file => fileURLToPath(new URL(`src/${file}`, root)));
  const program = ts.createProgram(files, {...options, noEmit: true});
  const checker = program.getTypeChecker();
  const used = new Set<string>();
  for (const path of files) {
    const source = program.getSourceFile(path);
    if (!source) continue;
    const written: string[] = [];
    const takingAnyKey: ts.Node[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) written.push(node.text);
      if (ts.isCallExpression(node) && /(^|\.)t$/.test(node.expression.getText(source))) {
        let [argument] = node.arguments;
        if (argument && ts.isAsExpression(argument)) argument = argument.expression;
        const keys = argument && literalsOf(checker.getTypeAtLocation(argument));
        if (keys && keys.length < all.size) for (const key of keys) used.add(key);
        else takingAnyKey.push(node);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    if (takingAnyKey.length) for (const text of written) used.add(text);
  }
  return used;
}

/** Returns all problems of the repository's words. */
export async function localeProblems(): Promise<string[]> {
  const lists = await readWords();
  const problems = lists.flatMap(list => {
    const english = list.find(({language}) => language === 'en');
    return english ? list.flatMap(words => wordProblems(words, english)) : [];
  });
  const [messages, paywall] = lists.map(list => list.find(({language}) => language === 'en'));
  if (!messages || !paywall) return [...problems, 'src/locales: en: is missing'];
  const used = usedKeys(new Set(messages.texts.keys()));
  return [
    ...problems,
    ...unusedProblems(messages, used),
    ...unusedProblems(paywall, used),
    ...registerProblems(lists),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = await localeProblems();
  for (const problem of problems) console.error(problem);
  const languages = readdirSync(new URL('src/locales', root)).filter(file => file.endsWith('.ts'));
  console.log(
    problems.length
      ? `${problems.length} problems`
      : `${languages.length} languages, no problems: ${languages.map(file => basename(file, '.ts')).join(', ')}`,
  );
  process.exitCode = problems.length ? 1 : 0;
}
