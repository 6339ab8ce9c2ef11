import type { Parser } from 'web-tree-sitter';
import { assertNever } from '../../../shared/result.ts';
import { findDisaster, isDisk, isForkBomb } from './disasters.ts';
import { decidePath } from './decide-tool.ts';
import { holds, matchCommand, namesAssignment } from './match-rule.ts';
import { foldersAfter, isHarmlessDevice, type Place } from './paths.ts';
import { checkStarred } from './programs/check-words.ts';
import { FIND_RUNS } from './programs/languages.ts';
import { otherWordings } from './programs/other-wordings.ts';
import { specOf } from './programs/specs.ts';
import { excerpt, parseShell } from './shell/parse-shell.ts';
import { matchReason } from './rule-words.ts';
import { strictest } from './strictest.ts';
import type { Assignment, DecisionContext, PartVerdict, Rule, ShellPart, Verdict, Word } from './types.ts';
import { everyInner, unwrap } from './wrappers.ts';

/** Commands within commands within commands are not followed for ever. */
const MAX_DEPTH = 8;

/**
 * Decides on a shell text: each simple command, redirection and construct by itself, wherever it hides; the strictest counts.
 * What is not understood asks.
 */
export function decideCommand(parser: Parser, command: string, context: DecisionContext): Verdict {
  return new CommandDecision(parser, context).decide(command);
}

type Command = Extract<ShellPart, { type: 'command' }>;

class CommandDecision {
  readonly #parser: Parser;
  readonly #context: DecisionContext;
  readonly #rules: readonly Rule[];
  #folders: readonly string[];

  constructor(parser: Parser, context: DecisionContext) {
    this.#parser = parser;
    this.#context = context;
    this.#rules = context.rules.filter((rule) => holds(rule, context));
    this.#folders = [context.cwd];
  }

  decide(text: string): Verdict {
    const parts = this.#decideText(text, 0);
    if (isForkBomb(text))
      parts.push(denied(excerpt(text), 'It starts itself until the machine stands still.'));
    if (parts.length === 0)
      parts.push({ decision: 'ask', text: excerpt(text), reason: 'It holds no command.' });
    return { ...strictest(parts), parts };
  }

  get #place(): Place {
    return { ...this.#context, folders: this.#folders };
  }

  #decideText(text: string, depth: number): PartVerdict[] {
    return parseShell(this.#parser, text, this.#context.home).map((part) => this.#decidePart(part, depth));
  }

  #decidePart(part: ShellPart, depth: number): PartVerdict {
    switch (part.type) {
      case 'problem':
        return { decision: 'ask', text: part.text, reason: part.reason };
      case 'redirection':
        return this.#decideRedirection(part);
      case 'command':
        return this.#decideCommand(part, depth);
      default:
        return assertNever(part);
    }
  }

  #decideRedirection({ text, writes, target }: Extract<ShellPart, { type: 'redirection' }>): PartVerdict {
    if (target.kind !== 'literal')
      return { decision: 'ask', text, reason: 'Which file this is is known only when it runs.' };
    if (isHarmlessDevice(target.text)) return { decision: 'allow', text, reason: 'It is no file.' };
    if (writes && isDisk(target.text)) return denied(text, 'It would overwrite a disk.');
    const tool = writes ? 'write_file' : 'read_file';
    const verdicts = this.#folders.map((cwd) =>
      decidePath(tool, target.text, { ...this.#context, cwd }, text),
    );
    return strictest(verdicts);
  }

  #decideCommand(command: Command, depth: number): PartVerdict {
    const { text, words } = command;
    const disaster = this.#findDisaster(words);
    if (disaster !== undefined) return denied(text, disaster);
    const strict = this.#findStrict(words, 'deny') ?? this.#findStrict(words, 'ask');
    if (strict) return { decision: strict.decision, text, rule: strict, reason: matchReason(strict) };
    const own = this.#decideByRules(command);
    if (own.decision === 'allow') return this.#withDangersWithin(command, own, depth);
    const inner = words.length > 0 && depth < MAX_DEPTH ? unwrap(words) : undefined;
    if (!inner) return own;
    const within =
      inner.type === 'text'
        ? strictest(this.#decideText(inner.text, depth + 1), text)
        : this.#decideCommand({ ...command, words: inner.words, assignments: inner.assignments }, depth + 1);
    const outer = this.#refuseAssignments(command.assignments);
    if (within.decision === 'allow' && outer !== undefined) return { decision: 'ask', text, reason: outer };
    return { ...within, text };
  }

  /** Also where another program is told to do it. */
  #findDisaster(words: readonly Word[]): string | undefined {
    for (const inner of everyInner(words).commands) {
      const disaster = findDisaster(inner, this.#place);
      if (disaster !== undefined) return disaster;
    }
    return undefined;
  }

  /** A rule that denies or asks holds wherever its command hides, and however its path is written. */
  #findStrict(words: readonly Word[], decision: 'deny' | 'ask', depth = 0): Rule | undefined {
    const { commands, texts } = everyInner(words);
    for (const rule of this.#rules) {
      if (rule.decision !== decision) continue;
      if (rule.rule.type === 'tool' && rule.rule.tool === 'run_command') return rule;
      if (rule.rule.type !== 'command') continue;
      const { rule: pattern } = rule;
      const isMatch = commands.some((inner) => {
        const [program, ...rest] = inner;
        if (!program) return false;
        const name = { ...program, text: program.text.replace(/^.*\//s, '') };
        const views = [inner, [name, ...rest], ...otherWordings([name, ...rest])];
        return views.some((view) => matchCommand(pattern, view));
      });
      if (isMatch) return rule;
    }
    if (depth >= MAX_DEPTH) return undefined;
    for (const text of texts) {
      for (const part of parseShell(this.#parser, text, this.#context.home)) {
        const found = part.type === 'command' && this.#findStrict(part.words, decision, depth + 1);
        if (found) return found;
      }
    }
    return undefined;
  }

  #decideByRules({ text, words, assignments }: Command): PartVerdict {
    const [program] = words;
    if (!program) {
      const reason = this.#refuseAssignments(assignments);
      return reason === undefined
        ? { decision: 'allow', text, reason: 'It sets a variable that changes nothing else.' }
        : { decision: 'ask', text, reason };
    }
    if (program.kind !== 'literal') return ask(text, 'Which program this is is known only when it runs.');
    if (!program.isPlain)
      return ask(text, 'The name of the program is written in quotes or with backslashes.');
    if (program.text === 'cd') return this.#decideFolder(text, words, assignments);
    const reads = specOf(program.text)?.readsProgramUnless !== undefined && words.length === 1;
    if (reads) return ask(text, `${program.text} runs whatever it reads.`);
    let refused: string | undefined;
    for (const rule of this.#rules) {
      if (rule.decision !== 'allow' || rule.rule.type !== 'command') continue;
      const match = matchCommand(rule.rule, words);
      if (!match) continue;
      const reason =
        this.#refuseAssignments(assignments, rule) ??
        checkStarred({
          words,
          isCovered: (index) => match.covered.has(index),
          place: this.#place,
          reach: rule.source.type === 'built-in' ? 'workspace' : 'anywhere',
        });
      if (reason === undefined) return { decision: 'allow', text, rule, reason: matchReason(rule) };
      refused = rule.source.type === 'built-in' ? (refused ?? reason) : reason;
    }
    return ask(text, refused ?? 'No rule allows it.');
  }

  #decideFolder(text: string, words: readonly Word[], assignments: readonly Assignment[]): PartVerdict {
    const [, target, ...more] = words;
    const folders = target && more.length === 0 ? foldersAfter(target, this.#place) : undefined;
    const reason = this.#refuseAssignments(assignments);
    if (!folders || reason !== undefined) return ask(text, reason ?? 'It leaves the workspace.');
    this.#folders = folders;
    return { decision: 'allow', text, reason: 'It stays in the workspace.' };
  }

  /** Most variables can change what programs do; these cannot, and others must be named by the rule. */
  #refuseAssignments(assignments: readonly Assignment[], rule?: Rule): string | undefined {
    const named = rule?.rule.type === 'command' ? rule.rule : undefined;
    const bad = assignments.find(
      (each) =>
        !(HARMLESS_VARIABLES.test(each.name) && isPlainValue(each.value)) &&
        !(named && namesAssignment(named, each)),
    );
    return bad && `The variable ${bad.name} may change what programs do.`;
  }

  /** What a rule named may itself run a command, as `find -exec`: that is decided too. */
  #withDangersWithin(command: Command, own: PartVerdict, depth: number): PartVerdict {
    const { words, text } = command;
    const at = words[0]?.text === 'find' ? words.findIndex(({ text }) => FIND_RUNS.test(text)) : -1;
    if (at < 0) return own;
    const end = words.findIndex(({ text }, index) => index > at && (text === ';' || text === '+'));
    const within = words.slice(at + 1, end < 0 ? words.length : end);
    const root = words[1]?.text.startsWith('-') ? '.' : (words[1]?.text ?? '.');
    const found = within.map((word) => (word.text === '{}' ? { ...word, text: `${root}/x` } : word));
    const verdict = this.#decideCommand({ ...command, words: found }, depth + 1);
    return verdict.decision === 'allow' ? own : { ...verdict, text };
  }
}

function isPlainValue({ kind, text }: Word): boolean {
  return kind === 'literal' && /^[\w.,:=@*+ -]*$/.test(text);
}

/** Variables that programs show or log by, and nothing else. */
const HARMLESS_VARIABLES =
  /^(?:CI|NODE_ENV|FORCE_COLOR|NO_COLOR|CLICOLOR|CLICOLOR_FORCE|LANG|LC_[A-Z]+|COLUMNS|LINES|TERM|VERBOSE|LOG_LEVEL|RUST_BACKTRACE|RUST_LOG|PYTHONUNBUFFERED|PYTHONDONTWRITEBYTECODE|GOOS|GOARCH|CGO_ENABLED|TEST_ENV|APP_ENV|RAILS_ENV|RACK_ENV|MIX_ENV|PORT|HUSKY_SKIP_INSTALL)$/;

function ask(text: string, reason: string): PartVerdict {
  return { decision: 'ask', text, reason };
}

function denied(text: string, reason: string): PartVerdict {
  return { decision: 'deny', text, reason };
}
