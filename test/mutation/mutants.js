/** Makes the small changes to a source file that a good test notices. Types and error messages are left alone. */

import ts from 'typescript';

const {SyntaxKind: Kind} = ts;

/** What each operator is changed into, one mutant each. */
const operators = new Map([
  [Kind.LessThanToken, ['<=', '>=']],
  [Kind.LessThanEqualsToken, ['<', '>']],
  [Kind.GreaterThanToken, ['>=', '<=']],
  [Kind.GreaterThanEqualsToken, ['>', '<']],
  [Kind.EqualsEqualsEqualsToken, ['!==']],
  [Kind.ExclamationEqualsEqualsToken, ['===']],
  [Kind.AmpersandAmpersandToken, ['||']],
  [Kind.BarBarToken, ['&&']],
  [Kind.QuestionQuestionToken, ['&&']],
  [Kind.PlusToken, ['-']],
  [Kind.MinusToken, ['+']],
  [Kind.AsteriskToken, ['/']],
  [Kind.SlashToken, ['*']],
  [Kind.PercentToken, ['*']],
  [Kind.PlusEqualsToken, ['-=']],
  [Kind.MinusEqualsToken, ['+=']],
]);

/** Methods whose opposite is a likely mistake. */
const methods = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['ceil', 'floor'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['find', 'findLast'],
]);

const isTypeOnly = node =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  (ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({kind}) => kind === Kind.DeclareKeyword) === true);

/** Words for a developer: nothing depends on them. */
const isMessage = node =>
  (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) ||
  (ts.isCallExpression(node) && /^console\./.test(node.expression.getText()));

/** Whether a string is a name rather than a value. */
const isName = ({parent}) =>
  (ts.isPropertyAssignment(parent) && parent.name.kind === Kind.StringLiteral) ||
  (ts.isCallExpression(parent) && parent.expression.kind === Kind.ImportKeyword) ||
  ts.isExternalModuleReference(parent);

/** Positions of `^` and `$` outside of classes, in a regular expression as it is written. */
function anchorsOf(text) {
  const anchors = [];
  let inClass = false;
  for (let at = 1; at < text.lastIndexOf('/'); at += 1) {
    const sign = text[at];
    if (sign === '\\') at += 1;
    else if (sign === '[') inClass = true;
    else if (sign === ']') inClass = false;
    else if (!inClass && (sign === '^' || sign === '$')) anchors.push(at);
  }
  return anchors;
}

/**
 * All mutants of a source file, in order.
 *
 * @param {string} text The source.
 * @returns {{start: number, end: number, text: string, change: string}[]} Where what is replaced by what.
 */
export function mutantsOf(text) {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const mutants = [];
  const replace = (start, end, by, change) =>
    mutants.push({start, end, text: by, change: change ?? `${text.slice(start, end)} → ${by}`});
  const replaceNode = (node, by, change) => replace(node.getStart(source), node.end, by, change);
  const negate = node => replaceNode(node, `!(${node.getText(source)})`);

  const visit = node => {
    if (isTypeOnly(node) || isMessage(node)) return;
    if (ts.isBinaryExpression(node)) {
      for (const by of operators.get(node.operatorToken.kind) ?? [])
        replaceNode(node.operatorToken, by);
    }
    if (ts.isIfStatement(node)) negate(node.expression);
    if (ts.isConditionalExpression(node)) negate(node.condition);
    if (ts.isPrefixUnaryExpression(node) && node.operator === Kind.ExclamationToken)
      replaceNode(node, node.operand.getText(source));
    if (ts.isNumericLiteral(node)) replaceNode(node, `(${node.text} + 1)`);
    if (node.kind === Kind.TrueKeyword) replaceNode(node, 'false');
    if (node.kind === Kind.FalseKeyword) replaceNode(node, 'true');
    if (ts.isStringLiteral(node) && !isName(node)) replaceNode(node, node.text ? `''` : `'x'`);
    if (ts.isRegularExpressionLiteral(node)) {
      for (const at of anchorsOf(node.text)) {
        const by = node.text.slice(0, at) + node.text.slice(at + 1);
        replaceNode(node, by, `drop ${node.text[at]} of ${node.text}`);
      }
    }
    if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent)) {
      const by = node.parent.expression === node ? methods.get(node.name.text) : undefined;
      if (by) replaceNode(node.name, by);
    }
    if (ts.isExpressionStatement(node) || ts.isThrowStatement(node) || ts.isContinueStatement(node))
      replaceNode(node, ';', `remove ${node.getText(source).split('\n', 1)[0]}`);
    // A function that does nothing, unless leaving out its only statement is the same.
    if (ts.isBlock(node) && ts.isFunctionLike(node.parent) && node.statements.length > 1) {
      const at = node.getStart(source) + 1;
      replace(at, at, 'return;', 'return early');
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return mutants;
}
