import { assertNever } from '../../../../shared/result.ts';
import { isInside, isSecret, refuseReading, refuseWriting } from '../paths.ts';
import type { Word } from '../types.ts';
import { checkUnknownProgram, refuseWord } from './unknown-program.ts';
import { refuseAddress } from './addresses.ts';
import { readOptions, type Options } from './read-options.ts';
import { specOf } from './specs.ts';
import type { ProgramSpec, Role, Starred } from './types.ts';

/**
 * Why a `*` must not let these words in; undefined where they do only what the program is for. What the rule names itself is
 * the person's own choice and is not looked at.
 */
export function checkStarred(command: Starred): string | undefined {
  const [program] = command.words;
  if (program === undefined) return undefined;
  const spec = specOf(program.text);
  return spec ? new Check(command).run(spec, 1) : checkUnknownProgram(command);
}

class Check {
  readonly #command: Starred;

  constructor(command: Starred) {
    this.#command = command;
  }

  run(spec: ProgramSpec, from: number): string | undefined {
    const { words, isCovered } = this.#command;
    const reason = spec.check?.(words.slice(from), (index) => isCovered(from + index));
    return reason ?? this.#walk(spec, from);
  }

  #walk(spec: ProgramSpec, from: number): string | undefined {
    const { words } = this.#command;
    const options = spec.options === undefined ? undefined : readOptions(spec.options);
    // With a pattern or script in an option, all operands are files.
    const isGiven = words.some(({ text }) => /^-[A-Za-z]*[ef]|^--(?:regexp|expression|files?)/.test(text));
    const first = isGiven ? undefined : spec.first;
    const isHarmless = options === undefined || spec.areOptionsHarmless === true;
    let operands = 0;
    let areOptionsOver = false;
    for (let index = from; index < words.length; index += 1) {
      const word = words[index];
      if (word === undefined) break;
      if (!areOptionsOver && word.text === '--' && word.kind === 'literal') {
        areOptionsOver = true;
        continue;
      }
      if (!areOptionsOver && isOption(word)) {
        const { reason, takesNext } = this.#checkOption(options, index, spec.hasLongDash);
        if (reason !== undefined) return reason;
        const role = takesNext;
        if (role === undefined) continue;
        index += 1;
        if (role === 'module') return this.#checkModule(index);
        const fault = this.#checkValue(role, index);
        if (fault !== undefined) return fault;
        continue;
      }
      const subcommand = operands === 0 && spec.subcommands;
      if (subcommand) return this.#checkSubcommand(subcommand, index);
      const role = first?.[operands] ?? spec.operands ?? 'text';
      operands += 1;
      if (role === 'runs') return this.#checkRun(index);
      if (role === 'script') return this.#checkScript(index);
      const fault = this.#checkOperand(role, index, isHarmless || areOptionsOver);
      if (fault !== undefined) return fault;
    }
    const isOther = words.slice(from).some(({ text }) => spec.readsProgramUnless?.test(text));
    return spec.readsProgramUnless && operands === 0 && !isOther ? 'It runs whatever it reads.' : undefined;
  }

  #checkSubcommand(subcommands: Readonly<Record<string, ProgramSpec>>, index: number): string | undefined {
    const { words, isCovered } = this.#command;
    const name = words[index];
    if (name === undefined) return undefined;
    const isKnown = name.kind === 'literal' && Object.hasOwn(subcommands, name.text);
    const spec = isKnown ? subcommands[name.text] : undefined;
    if (spec && !(spec.mustBeNamed && isCovered(index))) return this.run(spec, index + 1);
    if (isCovered(index)) return `“${name.text}” is not among what a * lets in here; a rule has to name it.`;
    return checkUnknownProgram({ ...this.#rest(index), isCovered: (at) => isCovered(index + at) });
  }

  /** Options of a letter come in bundles; a value is what is left of the bundle, or the next word. */
  #checkOption(
    options: Options | undefined,
    index: number,
    hasLongDash = false,
  ): { reason?: string; takesNext?: Role } {
    const { words, isCovered } = this.#command;
    const word = words[index];
    if (word === undefined || options === undefined) return {};
    const text = hasLongDash ? word.text.replace(/^-(?!-)/, '--') : word.text;
    const refuse = isCovered(index)
      ? {
          reason: `The option ${nameOf(word.text)} is not among what a * lets in here; a rule has to name it.`,
        }
      : {};
    if (word.kind === 'unknown' && !(word.isOne && text.startsWith('--') && word.prefix.includes('=')))
      return refuse;
    if (text.startsWith('--')) {
      const [name = '', ...value] = text.split('=');
      const wanted = options.get(name);
      const hasValue = value.length > 0;
      if (wanted === undefined || (wanted === 'none' && hasValue)) return refuse;
      if (wanted === 'none' || wanted === 'attached') return {};
      if (!hasValue) return { takesNext: wanted };
      return this.#valueFault(
        wanted,
        { ...word, text: value.join('='), prefix: word.prefix.slice(name.length + 1) },
        index,
      );
    }
    if (/^-\d+$/.test(text) && options.has('-#')) return {};
    for (let at = 1; at < text.length; at += 1) {
      const wanted = options.get(`-${text[at]}`);
      if (wanted === undefined) return refuse;
      if (wanted === 'attached') return {};
      if (wanted === 'none') continue;
      const rest = text.slice(at + 1);
      return rest === ''
        ? { takesNext: wanted }
        : this.#valueFault(wanted, { ...word, text: rest, prefix: rest }, index);
    }
    return {};
  }

  #valueFault(role: Role, word: Word, index: number): { reason?: string } {
    const reason = this.#command.isCovered(index) ? this.#refuse(role, word) : undefined;
    return reason === undefined ? {} : { reason };
  }

  #checkValue(role: Role, index: number): string | undefined {
    const { words, isCovered } = this.#command;
    const word = words[index];
    if (word === undefined || !isCovered(index)) return undefined;
    // Where the option takes no value after all, this would be one of its own.
    if (isOption(word)) return `The value ${nameOf(word.text)} looks like an option; write it behind a "=".`;
    if (!word.isOne && word.kind !== 'literal') return NOT_KNOWN;
    if (word.kind === 'unknown' && role !== 'text') return NOT_KNOWN;
    return this.#refuse(role, word);
  }

  #checkOperand(role: Role, index: number, cannotBeOption: boolean): string | undefined {
    const { words, isCovered } = this.#command;
    const word = words[index];
    if (word === undefined || !isCovered(index)) return undefined;
    const isSafeUnknown = role === 'text' || role === 'names';
    if (word.kind === 'unknown' && !(cannotBeOption && isSafeUnknown)) return NOT_KNOWN;
    if (word.kind === 'pattern' && word.prefix === '' && !cannotBeOption)
      return 'A file may be named like an option; write ./* instead of *.';
    return this.#refuse(role, word);
  }

  #refuse(role: Role, word: Word): string | undefined {
    const { place, reach } = this.#command;
    switch (role) {
      case 'text':
        return isSecret(word.text) && /^\.|\//.test(word.text) ? 'It may hold secrets.' : undefined;
      case 'names':
        return word.kind === 'unknown' ? undefined : refuseReading(word, place, reach, true);
      case 'reads':
        return refuseReading(word, place, reach, false);
      case 'writes':
        return refuseWriting(word, place);
      case 'address':
        return refuseAddress(word.text);
      case 'within':
        if (isSecret(word.text)) return 'It may hold secrets.';
        return isInside(word.text, place) ? undefined : 'It lies outside of the workspace.';
      case 'task':
        return /^(?!.*\.\.)\w[\w.:@/-]*$/.test(word.text) ? undefined : 'It is no plain name of a task.';
      case 'plain':
        return refuseWord(word, place);
      case 'script':
      case 'module':
      case 'runs':
      case 'named':
        return 'A * does not let this in; a rule has to name it.';
      default:
        return assertNever(role);
    }
  }

  /** What is run must be named; what it is given is for its own table to judge. */
  #checkRun(index: number): string | undefined {
    const { isCovered } = this.#command;
    if (isCovered(index)) return 'A * does not choose what is run; a rule has to name it.';
    return checkStarred(this.#rest(index));
  }

  #checkScript(index: number): string | undefined {
    const { words, isCovered, place } = this.#command;
    const script = words[index];
    if (script === undefined) return undefined;
    const isOwn =
      script.kind === 'literal' && /^[\w./-]*\w$/.test(script.text) && isInside(script.text, place);
    if (
      isCovered(index) &&
      (!isOwn || isSecret(script.text) || /(?:^|\/)node_modules\/(?!\.bin\/)/.test(script.text))
    )
      return 'It runs a script that does not lie in the workspace.';
    return checkUnknownProgram(this.#rest(index));
  }

  /** Those that test and check run nothing else than the project. */
  #checkModule(index: number): string | undefined {
    const { words, isCovered } = this.#command;
    const isKnown = MODULES.test(words[index]?.text ?? '');
    return isCovered(index) && !isKnown
      ? 'It runs a module; a rule has to name it.'
      : checkStarred(this.#rest(index));
  }

  #rest(index: number): Starred {
    const { words, isCovered } = this.#command;
    return { ...this.#command, words: words.slice(index), isCovered: (at) => isCovered(index + at) };
  }
}

const MODULES =
  /^(?:pytest|unittest|mypy|ruff|black|flake8|pylint|isort|json\.tool|py_compile|compileall|doctest|tabnanny)$/;

const NOT_KNOWN = 'What stands here is known only when it runs.';

function isOption({ text }: Word): boolean {
  return text.startsWith('-') && text.length > 1;
}

function nameOf(option: string): string {
  return option.replace(/=.*$/s, '');
}
