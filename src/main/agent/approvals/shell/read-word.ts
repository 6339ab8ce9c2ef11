import type { Node } from 'web-tree-sitter';
import type { Word } from '../types.ts';

/** What reading a word needs of the one who walks the tree. */
export type WordReader = {
  readonly home: string;
  /** Something that is not understood: the whole text asks. */
  problem(node: Node, reason: string): void;
  /** Commands within the word. */
  visit(node: Node): void;
  /** Commands within something that is not understood, of which nothing more is to be said. */
  visitQuietly(node: Node): void;
};

/** A stretch of a word: its text after unquoting, and as a skeleton in which only what a shell would replace has its own sign. */
type Piece = { readonly text: string; readonly skeleton: string };

/** Neither can stand unquoted in a plain word. */
const QUOTED = '"';
const UNKNOWN = '$';

/** Stands for one word that only the shell will know. */
export const UNKNOWN_WORD: Word = { text: '', kind: 'unknown', isOne: true, prefix: '', isPlain: false };

/** Reads a word of a command from its own characters: the tree only says where its parts lie. */
export function readWord(node: Node, reader: WordReader): Word {
  const pieces = readPieces(node, reader);
  const skeleton = pieces.map((piece) => piece.skeleton).join('');
  let text = pieces.map((piece) => piece.text).join('');
  const isPlain = !/['"\\$`]/.test(node.text);
  const hasHome = /^~(?=\/|$)/.test(skeleton);
  if (hasHome) text = reader.home + text.slice(1);
  /** What is certain up to a place in the skeleton. */
  const before = (at: number) => (at <= 0 ? '' : text.slice(0, hasHome ? at - 1 + reader.home.length : at));
  const hasBraces = /\{[^{}]*(?:,|\.\.)[^{}]*\}/.test(skeleton);
  const unknown = skeleton.startsWith('~') && !hasHome ? 0 : skeleton.search(hasBraces ? /[${]/ : /\$/);
  if (unknown >= 0)
    return { text, kind: 'unknown', isOne: node.type === 'string', prefix: before(unknown), isPlain };
  const pattern = skeleton.search(/[*?[]/);
  if (pattern >= 0) return { text, kind: 'pattern', isOne: false, prefix: before(pattern), isPlain };
  return { text, kind: 'literal', isOne: true, prefix: text, isPlain };
}

function readPieces(node: Node, reader: WordReader): Piece[] {
  switch (node.type) {
    case 'command_name':
    case 'concatenation':
      return joined(node, reader);
    case 'word':
    case 'number':
    case 'test_operator':
    case 'extglob_pattern':
    case 'regex':
      return [readPlain(node, reader)];
    case 'raw_string':
      return [quoted(node, /^'[^']*'$/s, node.text.slice(1, -1), reader)];
    case 'string':
      return readString(node, reader);
    case 'simple_expansion':
    case 'expansion':
      return [readVariable(node, reader)];
    case 'command_substitution':
      return [readSubstitution(node, reader)];
    case 'arithmetic_expansion':
      // Of numbers alone; names can hold more arithmetic, and that can run commands.
      if (/^\$\(\([\d\s+*/%()-]*\)\)$/.test(node.text)) return [unknown()];
      return notFollowed(node, reader);
    case 'process_substitution':
      reader.visit(node);
      // The program gets the name of a pipe.
      if (node.text.startsWith('<(')) return [{ text: '/dev/fd/63', skeleton: '/dev/fd/63' }];
      reader.problem(node, 'Writing into another command cannot be followed.');
      return [unknown()];
    default:
      return notFollowed(node, reader);
  }
}

function notFollowed(node: Node, reader: WordReader): Piece[] {
  reader.problem(node, notUnderstood(node));
  reader.visitQuietly(node);
  return [unknown()];
}

/** Parts of one word touch each other: whatever lies between them was lost by the parser. */
function joined(node: Node, reader: WordReader): Piece[] {
  let end = node.startIndex;
  for (const child of node.children) {
    if (child.startIndex !== end) reader.problem(node, 'A part of this word cannot be read.');
    end = child.endIndex;
  }
  if (end !== node.endIndex) reader.problem(node, 'A part of this word cannot be read.');
  return node.children.flatMap((child) => readPieces(child, reader));
}

function readPlain(node: Node, reader: WordReader): Piece {
  const { text } = node;
  if (!/^(?:[\w@%+=:,./~^!#*?[\]{}-]|\\[^\n]|[^\0-\u007f])*$/s.test(text))
    reader.problem(node, 'A word holds signs that mean something to the shell.');
  return {
    text: text.replaceAll(/\\(.)/gs, '$1'),
    skeleton: text.replaceAll(/\\./gs, QUOTED),
  };
}

function quoted(node: Node, form: RegExp, text: string, reader: WordReader): Piece {
  if (!form.test(node.text)) reader.problem(node, 'A quote cannot be read.');
  return { text, skeleton: QUOTED.repeat(text.length) };
}

/** What lies between the substitutions of a string is taken from the text itself. */
function readString(node: Node, reader: WordReader): Piece[] {
  const { text, startIndex, namedChildren } = node;
  if (!/^".*"$/s.test(text)) reader.problem(node, 'A quote cannot be read.');
  const pieces: Piece[] = [];
  let at = 1;
  const addLiteral = (end: number) => {
    const literal = text.slice(at, end);
    if (/(?<!\\)(?:\\\\)*(?:["`]|\$[\w({@*#?!$'"-])|\\\n/.test(literal.replace(/\$$/, '')))
      reader.problem(node, 'A quote holds something that cannot be read.');
    const unquoted = literal.replaceAll(/\\([$`"\\])/g, '$1');
    pieces.push({ text: unquoted, skeleton: QUOTED.repeat(unquoted.length) });
  };
  for (const child of namedChildren) {
    if (child.type === 'string_content') continue;
    addLiteral(child.startIndex - startIndex);
    pieces.push(...readPieces(child, reader));
    at = child.endIndex - startIndex;
  }
  addLiteral(text.length - 1);
  return pieces;
}

const SECRET_NAME = /KEY|TOKEN|SECRET|PASS|PWD_|CRED|AUTH|COOKIE|SESSION|DSN|DATABASE_URL/i;

function readVariable(node: Node, reader: WordReader): Piece {
  const [, inBraces, bare] = /^\$(?:\{(\w+)\}|(\w+|[@*#?$!-]))$/.exec(node.text) ?? [];
  const name = inBraces ?? bare;
  if (name === undefined) {
    reader.problem(node, 'A variable is changed or looked up in a way that cannot be followed.');
    reader.visitQuietly(node);
    return unknown();
  }
  if (SECRET_NAME.test(name)) reader.problem(node, 'This variable may hold a secret.');
  return name === 'HOME' ? { text: reader.home, skeleton: QUOTED.repeat(reader.home.length) } : unknown();
}

function readSubstitution(node: Node, reader: WordReader): Piece {
  if (node.text.startsWith('`') && node.text.includes('\\'))
    reader.problem(node, 'Backslashes between backquotes mean something else than they seem to.');
  reader.visit(node);
  return unknown();
}

function unknown(): Piece {
  return { text: UNKNOWN, skeleton: UNKNOWN };
}

const CONSTRUCTS: Readonly<Record<string, string>> = {
  ansi_c_string: "Text written as $'…' can hide what it says.",
  translated_string: 'Text written as $"…" can be replaced by the shell.',
  arithmetic_expansion: 'Arithmetic of a shell can run commands.',
  brace_expression: 'Braces are replaced by the shell.',
  array: 'Lists of values cannot be followed.',
  subscript: 'Lists of values cannot be followed.',
};

function notUnderstood({ type }: Node): string {
  return CONSTRUCTS[type] ?? 'This is not understood.';
}
