import type { Node, Parser } from 'web-tree-sitter';
import { LOOKALIKE } from '../../../../shared/visible-text.ts';
import type { Assignment, ShellPart, Word } from '../types.ts';
import { readHeredoc } from './heredoc.ts';
import { readWord, type WordReader } from './read-word.ts';

/** Longer texts ask unread: nobody approves so much at a glance, and reading must not take long. */
const MAX_CHARACTERS = 16_384;
/** Faulty text can take a parser a hundred times as long as any that a person writes. */
const MAX_PARSE_MS = 500;
/** More words than that are compared with no rule. */
const MAX_WORDS = 400;
/** Deeper texts ask: walking them must end. */
const MAX_DEPTH = 60;

/** Characters that are not what they seem: without a picture of their own, blank in another way, or turning the text around. */
const UNSEEN = /(?![\t\n])\p{C}|(?! )\p{Z}|\p{Default_Ignorable_Code_Point}|[\u2800\u3164\uffa0]/u;
/**
 * The parts of a shell text that are decided by themselves, wherever they hide. What the parser does not account for to the
 * last character is a problem, so that a text that a shell would read otherwise is never taken for harmless.
 */
export function parseShell(parser: Parser, text: string, home: string): ShellPart[] {
  const refused = refuse(text);
  if (refused !== undefined) return [{ type: 'problem', text: excerpt(text), reason: refused }];
  const startedAt = performance.now();
  const isTooLong = () => performance.now() - startedAt > MAX_PARSE_MS;
  const tree = parser.parse(text, null, { progressCallback: isTooLong });
  if (!tree) {
    parser.reset();
    return [{ type: 'problem', text: excerpt(text), reason: 'Reading it takes too long.' }];
  }
  try {
    const walk = new Walk(home, text);
    walk.visit(tree.rootNode);
    if (tree.rootNode.hasError) walk.problem(tree.rootNode, 'A part of this cannot be read.');
    return walk.parts;
  } finally {
    tree.delete();
  }
}

function refuse(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS) return `It has more than ${MAX_CHARACTERS} characters.`;
  const unseen = UNSEEN.exec(text)?.[0].codePointAt(0);
  if (unseen !== undefined)
    return `It holds a character that cannot be seen: U+${unseen.toString(16).toUpperCase().padStart(4, '0')}.`;
  return LOOKALIKE.test(text) ? 'It mixes letters that look alike.' : undefined;
}

/** Enough of a text to recognise it by. */
export function excerpt(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** Nodes whose commands are decided one by one, and the signs that may stand in them. */
const CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  program: [';', '&', '\n'],
  list: ['&&', '||', ';', '&', '\n'],
  pipeline: ['|', '|&'],
  subshell: ['(', ')', ';', '&', '\n'],
  compound_statement: ['{', '}', ';', '&', '\n'],
  negated_command: ['!'],
  if_statement: ['if', 'then', 'fi', ';', '&', '\n'],
  elif_clause: ['elif', 'then', ';', '&', '\n'],
  else_clause: ['else', ';', '&', '\n'],
  while_statement: ['while', 'until', ';', '&', '\n'],
  do_group: ['do', 'done', ';', '&', '\n'],
  command_substitution: ['$(', ')', '`', ';', '&', '\n'],
  process_substitution: ['<(', '>(', ')', ';', '&', '\n'],
};

/** Within a command a line goes on only where a backslash stands apart. */
const BLANK = /^(?:[ \t]+(?:\\\n[ \t]*)*)?$/;
const BLANK_LINES = /^(?:[ \t\n]|(?<=[ \t\n])\\\n)*$/;

class Walk implements WordReader {
  readonly parts: ShellPart[] = [];
  readonly home: string;
  readonly #text: string;
  #depth = 0;
  #isQuiet = false;

  constructor(home: string, text: string) {
    this.home = home;
    this.#text = text;
  }

  problem(node: Node, reason: string): void {
    if (!this.#isQuiet) this.parts.push({ type: 'problem', text: excerpt(node.text), reason });
  }

  visitQuietly(node: Node): void {
    const wasQuiet = this.#isQuiet;
    this.#isQuiet = true;
    for (const child of node.namedChildren) this.visit(child);
    this.#isQuiet = wasQuiet;
  }

  visit(node: Node): void {
    if (this.#depth >= MAX_DEPTH) return this.problem(node, 'It is nested too deeply.');
    this.#depth += 1;
    this.#visit(node);
    this.#depth -= 1;
  }

  #visit(node: Node): void {
    const signs = CONTAINERS[node.type];
    if (signs) return this.#visitContainer(node, signs);
    switch (node.type) {
      case 'command':
      case 'redirected_statement':
      case 'file_redirect':
      case 'heredoc_redirect':
      case 'herestring_redirect':
        return this.#visitStatement(node);
      case 'for_statement':
        return this.#visitFor(node);
      case 'variable_assignment':
      case 'variable_assignments':
      case 'declaration_command':
        return this.#visitAssignments(node);
      case 'test_command':
        return this.#visitTest(node);
      case 'comment':
        // Elsewhere shells and parsers differ on what begins a comment.
        if (!/(?:^|[ \t\n])$/.test(this.#text.slice(0, node.startIndex)))
          this.problem(node, 'A comment behind a command can hide what runs.');
        return undefined;
      default:
        this.problem(node, STATEMENTS[node.type] ?? 'This is not understood.');
        this.visitQuietly(node);
    }
  }

  #visitContainer(node: Node, signs: readonly string[]): void {
    this.#checkGaps(node, BLANK_LINES);
    for (const child of node.children) {
      if (child.isNamed) this.visit(child);
      else if (!signs.includes(child.type) || child.isMissing) this.problem(node, 'This is not understood.');
    }
  }

  /** Nothing but blanks may lie between what the parser found. */
  #checkGaps(node: Node, blank: RegExp): void {
    let end = node.startIndex;
    const isRoot = node.type === 'program';
    if (isRoot) end = 0;
    for (const child of node.children) {
      if (!blank.test(this.#text.slice(end, child.startIndex)))
        this.problem(node, 'A part of this cannot be read.');
      end = child.endIndex;
    }
    const last = isRoot ? this.#text.length : node.endIndex;
    if (!blank.test(this.#text.slice(end, last))) this.problem(node, 'A part of this cannot be read.');
  }

  /** A command with its redirections, which stand in one another in several ways. */
  #visitStatement(node: Node): void {
    const words: Word[] = [];
    const assignments: Assignment[] = [];
    const isCommand = this.#collect(node, words, assignments);
    if (words.length > MAX_WORDS) this.problem(node, `It has more than ${MAX_WORDS} words.`);
    else if (isCommand && words.length > 0)
      this.parts.push({ type: 'command', text: excerpt(node.text), words, assignments });
    else if (assignments.length > 0)
      this.parts.push({ type: 'command', text: excerpt(node.text), words: [], assignments });
  }

  /** Words in the order in which the program gets them; says whether a command is among it. */
  #collect(node: Node, words: Word[], assignments: Assignment[]): boolean {
    if (node.type !== 'heredoc_redirect') this.#checkGaps(node, BLANK);
    let isCommand = node.type === 'command';
    for (const child of node.type === 'file_redirect' ||
    node.type === 'heredoc_redirect' ||
    node.type === 'herestring_redirect'
      ? [node]
      : node.children) {
      switch (child.type) {
        case 'command':
          isCommand = this.#collect(child, words, assignments) || isCommand;
          break;
        case 'variable_assignment':
          assignments.push(this.#readAssignment(child));
          break;
        case 'file_redirect':
          words.push(...this.#readRedirection(child));
          break;
        case 'herestring_redirect':
          this.#checkGaps(child, BLANK);
          for (const part of child.namedChildren) if (part.type !== 'file_descriptor') readWord(part, this);
          break;
        case 'heredoc_redirect': {
          const { problem, rest } = readHeredoc(child, this.#text);
          if (problem !== undefined) this.problem(child, problem);
          for (const part of rest) this.visit(part);
          break;
        }
        default:
          if (node.type === 'command' && child.isNamed) words.push(readWord(child, this));
          else this.visit(child);
      }
    }
    return isCommand;
  }

  /** Decides nothing yet; words behind the target belong to the command. */
  #readRedirection(node: Node): Word[] {
    this.#checkGaps(node, BLANK);
    const [sign = ''] = node.children.filter((child) => !child.isNamed).map(({ type }) => type);
    const [target, ...words] = node
      .childrenForFieldName('destination')
      .flatMap((child) => (child ? [readWord(child, this)] : []));
    const text = excerpt(node.text);
    const isCopy =
      ['>&', '<&', '>&-', '<&-'].includes(sign) &&
      (target === undefined || /^(?:\d+-?|-)$/.test(target.text));
    if (!['>', '>>', '<', '>|', '&>', '&>>', '>&', '<&', '>&-', '<&-'].includes(sign))
      this.problem(node, 'This redirection is not understood.');
    else if (target !== undefined && !isCopy)
      this.parts.push({ type: 'redirection', text, writes: sign !== '<' && sign !== '<&', target });
    else if (!isCopy) this.problem(node, 'This redirection is not understood.');
    return words;
  }

  #readAssignment(node: Node): Assignment {
    const value = node.childForFieldName('value');
    const [, name] = /^(\w+)=/.exec(node.text) ?? [];
    if (name === undefined) this.problem(node, 'This changes a variable in a way that cannot be followed.');
    const word = value
      ? readWord(value, this)
      : { text: '', kind: 'literal' as const, isOne: true, prefix: '', isPlain: true };
    if (value && value.endIndex !== node.endIndex) this.problem(node, 'A part of this cannot be read.');
    return { name: name ?? '', value: word };
  }

  #visitAssignments(node: Node): void {
    const children = node.type === 'variable_assignment' ? [node] : node.children;
    this.#checkGaps(node, BLANK);
    const assignments: Assignment[] = [];
    for (const child of children) {
      if (child.type === 'variable_assignment') assignments.push(this.#readAssignment(child));
      else if (child.type !== 'export')
        this.problem(child, 'This declares variables in a way that cannot be followed.');
    }
    this.parts.push({ type: 'command', text: excerpt(node.text), words: [], assignments });
  }

  #visitFor(node: Node): void {
    this.#checkGaps(node, BLANK_LINES);
    for (const child of node.children) {
      if (child.type === 'do_group') this.visit(child);
      else if (child.type === 'variable_name') {
        // A longer name may be one that programs look at.
        if (!/^(?!path|cdpath|fpath)[a-z]{1,8}$/.test(child.text))
          this.problem(node, 'This changes a variable that programs may look at.');
      } else if (child.isNamed) readWord(child, this);
      else if (!['for', 'in', ';', '\n'].includes(child.type)) this.problem(node, 'This is not understood.');
    }
  }

  /** Only tests of files and texts: those of numbers and variables evaluate what they compare. */
  #visitTest(node: Node): void {
    const visit = (each: Node): void => {
      this.#checkGaps(each, BLANK);
      for (const child of each.children) {
        if (/^(?:unary|binary|parenthesized)_expression$/.test(child.type)) visit(child);
        else if (child.type === 'test_operator') {
          if (!/^-[abcdefghknprstuwxzLSNO]$/.test(child.text)) this.problem(node, NO_TEST);
        } else if (child.isNamed) readWord(child, this);
        else if (!['[', ']', '[[', ']]', '=', '==', '!=', '!', '&&', '||', '(', ')'].includes(child.type))
          this.problem(node, NO_TEST);
      }
    };
    visit(node);
  }
}

const NO_TEST = 'This kind of test can run commands.';

const STATEMENTS: Readonly<Record<string, string>> = {
  ERROR: 'A part of this cannot be read.',
  function_definition: 'It defines a function.',
  case_statement: 'A choice by "case" is not followed.',
  c_style_for_statement: 'Arithmetic of a shell can run commands.',
  unset_command: 'It removes variables.',
};
