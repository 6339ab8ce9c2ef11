import { err, ok, type Result } from './result.ts';

/** What a rule says of what it matches; the strictest of several counts. */
export type Decision = 'allow' | 'ask' | 'deny';

/** A word of a command rule: literal pieces with any text between them, so that one piece is matched exactly; `*` stands for any number of words. */
export type RuleWord = '*' | readonly [string, ...string[]];

export type ApprovalRule = { readonly text: string } & (
  | { readonly type: 'command'; readonly assignments: readonly string[]; readonly words: readonly RuleWord[] }
  | { readonly type: 'path'; readonly tool: string; readonly pattern: string }
  | { readonly type: 'address'; readonly tool: string; readonly origin: RegExp; readonly path: RegExp }
  /** Whatever the tool is asked to do. */
  | { readonly type: 'tool'; readonly tool: string }
);

const PATH_TOOLS = new Set([
  'read_file',
  'write_file',
  'edit_file',
  'list_files',
  'find_files',
  'search_files',
]);

/** A rule is a line that a person can take in at a glance. */
const MAX_CHARACTERS = 1000;

/**
 * Reads a rule as it is written in settings: `git commit *`, `run_command(git commit *)`, `write_file(src/**)`,
 * `fetch_url(https://docs.example.com/*)` or `TOOL(*)`. The error says what is wrong, and quotes nothing of the rule.
 */
export function parseRule(written: string, decision: Decision): Result<ApprovalRule, string> {
  const text = written.trim();
  if (text === '') return err('it is empty.');
  if (text.length > MAX_CHARACTERS) return err(`it has more than ${MAX_CHARACTERS} characters.`);
  if (/[^ \P{Z}]|\p{C}|\p{Default_Ignorable_Code_Point}/u.test(text))
    return err('it holds a character that cannot be seen.');
  const [, tool, argument] = /^([A-Za-z]\w*)\((.*)\)$/.exec(text) ?? [];
  if (tool === undefined || argument === undefined) return parseCommandRule(text, text, decision);
  if (tool === 'run_command') return parseCommandRule(text, argument.trim(), decision);
  return parseToolRule(text, tool, argument.trim());
}

function parseToolRule(text: string, tool: string, argument: string): Result<ApprovalRule, string> {
  if (tool !== tool.toLowerCase())
    return err('a tool’s name is written in small letters; for commands write run_command(…).');
  if (argument === '*') return ok({ type: 'tool', text, tool });
  if (PATH_TOOLS.has(tool)) {
    if (argument === '') return err('it names no path; write ** for every file of the workspace.');
    if (argument.split('/').includes('..')) return err('a path in a rule has no "..".');
    return ok({ type: 'path', text, tool, pattern: argument });
  }
  if (tool === 'fetch_url') return parseAddressRule(text, tool, argument);
  return err('of this tool only every use can be named, as TOOL(*).');
}

function parseAddressRule(text: string, tool: string, argument: string): Result<ApprovalRule, string> {
  const [, origin, path = '/'] = /^(https?:\/\/[\w.*-]+(?::\d+)?)(\/[^?#\s]*)?$/.exec(argument) ?? [];
  if (origin === undefined)
    return err('an address is written https://HOST/PATH, where * stands for any text.');
  return ok({
    type: 'address',
    text,
    tool,
    origin: wildcard(origin.toLowerCase(), '[a-z0-9.-]*'),
    path: wildcard(path, '.*'),
  });
}

function wildcard(pattern: string, any: string): RegExp {
  const pieces = pattern.split('*').map((piece) => RegExp.escape(piece));
  return new RegExp(`^${pieces.join(any)}$`, 's');
}

function parseCommandRule(text: string, command: string, decision: Decision): Result<ApprovalRule, string> {
  const read = splitWords(command);
  if (!read.ok) return read;
  const firstWord = read.value.findIndex((word) => word === '*' || !/^[A-Za-z_]\w*=/.test(word[0]));
  const words = firstWord < 0 ? [] : read.value.slice(firstWord);
  const [program] = words;
  if (program === undefined) return err('it names no program.');
  const assignments = read.value.slice(0, firstWord).map((word) => (word === '*' ? '' : word.join('*')));
  if (read.value.slice(0, firstWord).some((word) => word.length > 1))
    return err('a variable before the program has its whole value.');
  const isAnyProgram = program === '*' || (program.length > 1 && !program[0].includes('/'));
  if (decision === 'allow' && isAnyProgram)
    return err('it would allow programs that it does not name; the first word is a program.');
  return ok({ type: 'command', text, assignments, words });
}

const QUOTED = String.raw`'[^']*'|"(?:[^"\\$${'`'}]|\\["\\$${'`'}])*"`;
const PIECE = new RegExp(String.raw`${QUOTED}|\\.|\*|[^\s'"\\*;&|<>()$${'`'}]+`, 'y');

/** As a shell would split it, except that `*` stands for any text. */
function splitWords(command: string): Result<readonly RuleWord[], string> {
  const words: RuleWord[] = [];
  let at = 0;
  while (at < command.length) {
    if (command[at] === ' ') {
      at += 1;
      continue;
    }
    const pieces: [string, ...string[]] = [''];
    const start = at;
    while (at < command.length && command[at] !== ' ') {
      PIECE.lastIndex = at;
      const piece = PIECE.exec(command)?.[0];
      if (piece === undefined) return err(faultAt(command, at));
      if (piece === '*') pieces.push('');
      else pieces.push((pieces.pop() ?? '') + unquote(piece));
      at += piece.length;
    }
    words.push(command.slice(start, at) === '*' ? '*' : pieces);
  }
  return ok(words);
}

function faultAt(command: string, at: number): string {
  if (`'"`.includes(command[at] ?? ''))
    return 'a quote is not closed, or holds something that a shell would replace.';
  if (command[at] === '\\') return 'a backslash stands at its end.';
  return 'it is more than one plain command: each command of a line is decided by itself, so write a rule for each.';
}

function unquote(piece: string): string {
  if (piece.startsWith("'")) return piece.slice(1, -1);
  if (piece.startsWith('"')) return piece.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  return piece.startsWith('\\') ? piece.slice(1) : piece;
}
