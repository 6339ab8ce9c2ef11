import { UNKNOWN_WORD } from './shell/read-word.ts';
import type { Assignment, Word } from './types.ts';

/** What a command runs that only sets the stage for another: a command, or a text for a shell. */
export type Inner =
  | { readonly type: 'words'; readonly words: readonly Word[]; readonly assignments: readonly Assignment[] }
  | { readonly type: 'text'; readonly text: string };

/** Options with the number of words that follow each. */
const OPTIONS: Readonly<Record<string, readonly (readonly [form: RegExp, words: number])[]>> = {
  time: [[/^-p$/, 0]],
  nohup: [],
  nice: [
    [/^-n$/, 1],
    [/^(?:-n?-?\d+|--adjustment=-?\d+)$/, 0],
  ],
  timeout: [
    [/^-[sk]$/, 1],
    [/^(?:--(?:preserve-status|foreground|verbose|signal=\w+|kill-after=[\d.]+[smhd]?)|-v)$/, 0],
  ],
  command: [],
  stdbuf: [[/^-[ioe](?:L|\d+)$/, 0]],
  env: [],
  xargs: [
    [/^-[nPLId]$/, 1],
    [/^(?:-[0rt]+|-[nPLI]\S+|--null|--no-run-if-empty|--verbose|-d\S{1,2})$/, 0],
  ],
};

const SHELLS = /^(?:ba|z|da|k)?sh$/;

/** The command within a command that changes nothing of what it does. */
export function unwrap(words: readonly Word[]): Inner | undefined {
  const [program, option, text, ...more] = words;
  if (!program) return undefined;
  if (SHELLS.test(program.text))
    return option?.text === '-c' && text?.kind === 'literal' && more.length === 0
      ? { type: 'text', text: text.text }
      : undefined;
  const options = Object.hasOwn(OPTIONS, program.text) ? OPTIONS[program.text] : undefined;
  if (!options) return undefined;
  if (program.text === 'command' && /^-[vV]$/.test(option?.text ?? ''))
    return inner([{ ...program, text: 'type' }, ...words.slice(2)]);
  let at = afterOptions(words, options);
  if (program.text === 'timeout') {
    if (!/^[\d.]+[smhd]?$/.test(words[at]?.text ?? '')) return undefined;
    at += 1;
  }
  const assignments: Assignment[] = [];
  while (program.text === 'env' && words[at]?.kind === 'literal' && /^\w+=/.test(words[at]?.text ?? '')) {
    const { text = '' } = words[at] ?? {};
    const name = text.slice(0, text.indexOf('='));
    assignments.push({
      name,
      value: { ...UNKNOWN_WORD, kind: 'literal', text: text.slice(name.length + 1) },
    });
    at += 1;
  }
  const rest = words.slice(at);
  if (rest[0]?.kind !== 'literal' || rest[0].text.startsWith('-')) return undefined;
  return inner(program.text === 'xargs' ? withInput(words.slice(0, at), rest) : rest, assignments);
}

function inner(words: readonly Word[], assignments: readonly Assignment[] = []): Inner {
  return { type: 'words', words, assignments };
}

function afterOptions(words: readonly Word[], options: readonly (readonly [RegExp, number])[]): number {
  let at = 1;
  for (;;) {
    const word = words[at];
    const option = word?.kind === 'literal' ? options.find(([form]) => form.test(word.text)) : undefined;
    if (!option) return at;
    at += 1 + option[1];
  }
}

/** What xargs reads becomes words: any number at the end, or a part of those that hold its mark. */
function withInput(options: readonly Word[], rest: readonly Word[]): Word[] {
  const at = options.findLastIndex(({ text }) => text.startsWith('-I'));
  const added: Word = { ...UNKNOWN_WORD, isOne: false };
  if (at < 0) return [...rest, added];
  const mark = options[at]?.text.slice(2) || (options[at + 1]?.text ?? '');
  const replaced = rest.map((word): Word => {
    const place = word.text.indexOf(mark);
    return place < 0 ? word : { ...word, kind: 'unknown', prefix: word.text.slice(0, place) };
  });
  // Another option may undo this one.
  return [...replaced, added];
}

/** Programs that run what their words say, in one way or another. */
const RUNNERS =
  /^(?:sudo|doas|su|pkexec|runuser|env|nice|nohup|time|timeout|xargs|find|fd|watch|parallel|entr|ssh|exec|eval|command|builtin|(?:ba|z|da|k|fi)?sh|busybox|toybox|chroot|unshare|nsenter|strace|ltrace|setsid|stdbuf|ionice|chrt|taskset|flock|script|expect|npx|bunx|uvx|docker|podman|kubectl|git|npm|pnpm|yarn|bun|uv|poetry|bundle|coproc|repeat|noglob|nocorrect|trap|alias|at|crontab|systemd-run|osascript|tmux|screen|make|vim|vi|awk|gawk|python3?|perl|ruby|node)$/;

/** Where commands may begin among the words of a command, and texts that a shell may be given: a rule that denies looks at all. */
export function everyInner(words: readonly Word[]): { commands: (readonly Word[])[]; texts: string[] } {
  const isRunner = RUNNERS.test((words[0]?.text ?? '').replace(/^.*\//s, ''));
  if (!isRunner) return { commands: [words], texts: [] };
  const texts = words
    .slice(1)
    .flatMap(({ text, kind }) => (kind === 'literal' && /\s|;|\||&/.test(text) ? [text] : []));
  const joined = words.slice(1).map(({ text }) => text);
  if (words[0]?.text === 'eval') texts.push(joined.join(' '));
  return { commands: words.map((_, index) => words.slice(index)), texts };
}
