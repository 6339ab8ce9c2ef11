import type { Word } from '../types.ts';

/** Tests and prints of `find` with the number of words that follow each; what runs, removes or writes is not among them. */
const FIND_WORDS: Readonly<Record<string, number>> = Object.fromEntries([
  ...[
    '-print',
    '-print0',
    '-ls',
    '-prune',
    '-quit',
    '-true',
    '-false',
    '-empty',
    '-depth',
    '-d',
    '-xdev',
    '-mount',
    '-not',
    '!',
    '-a',
    '-and',
    '-o',
    '-or',
    '(',
    ')',
    ',',
    '-readable',
    '-writable',
    '-executable',
    '-nouser',
    '-nogroup',
    '-daystart',
    '-follow',
    '-noleaf',
    '-L',
    '-P',
    '-H',
    '-E',
    '-X',
    '-s',
    '-x',
    '-ignore_readdir_race',
    '-warn',
    '-nowarn',
  ].map((word) => [word, 0]),
  ...[
    '-name',
    '-iname',
    '-path',
    '-ipath',
    '-wholename',
    '-iwholename',
    '-regex',
    '-iregex',
    '-regextype',
    '-lname',
    '-ilname',
    '-type',
    '-xtype',
    '-maxdepth',
    '-mindepth',
    '-mtime',
    '-mmin',
    '-atime',
    '-amin',
    '-ctime',
    '-cmin',
    '-newer',
    '-anewer',
    '-cnewer',
    '-newermt',
    '-newerct',
    '-size',
    '-perm',
    '-user',
    '-group',
    '-uid',
    '-gid',
    '-links',
    '-inum',
    '-samefile',
    '-used',
    '-fstype',
    '-printf',
    '-O',
    '-D',
  ].map((word) => [word, 1]),
] as [string, number][]);

/** Options of `find` that run what follows them. */
export const FIND_RUNS = /^-(?:exec|execdir|ok|okdir)$/;

export function checkFind(words: readonly Word[], isCovered: (index: number) => boolean): string | undefined {
  let takes = 0;
  let isRun = false;
  for (const [index, { text, kind, prefix }] of words.entries()) {
    // The command behind an -exec that the rule names is decided by itself.
    if (isRun || (FIND_RUNS.test(text) && !isCovered(index))) {
      isRun = text !== ';' && text !== '+';
      continue;
    }
    if (takes > 0) {
      takes -= 1;
      continue;
    }
    if (kind === 'unknown' && isCovered(index)) return 'What stands here is known only when it runs.';
    if (kind === 'pattern' && prefix === '' && isCovered(index))
      return 'A file may be named like an option; write ./* instead of *.';
    if (!/^[-!(),]/.test(text)) continue;
    if (/^-O\d$/.test(text)) continue;
    const known = Object.hasOwn(FIND_WORDS, text) ? FIND_WORDS[text] : undefined;
    if (known !== undefined) takes = known;
    else if (isCovered(index)) return `${text} can run, remove or write; a rule has to name it.`;
  }
  return undefined;
}

/** What stands between two of a sign. A sign within brackets would not end it for sed, and what follows would be read otherwise. */
function between(sign: string): string {
  const own = RegExp.escape(sign);
  return String.raw`(?:[^${own}\\\n[\]]|\\[^\n]|\[\^?(?:[^${own}\\\n[\]]|\[:[a-z]+:\])+\])*`;
}

const ADDRESS = String.raw`(?:\d+|\$|/${between('/')}/I?)`;
const SUBSTITUTE = ['/', '|', '#', ',', ':', '@', '!', '~', '%']
  .map((sign) => `s${[sign, sign, sign].map((each) => RegExp.escape(each)).join(between(sign))}[gpiI0-9]*`)
  .join('|');
const STEP = `(?:${ADDRESS}(?:,[+~]?${ADDRESS})?)? ?!?(?:[pdDlnNgGhHx=PQ]|[qQ]\\d*|${SUBSTITUTE})`;
/** A script of printing, deleting and substituting alone: others run commands and write files. */
const SED = new RegExp(`^ ?${STEP}(?: ?; ?${STEP})* ?;? ?$`);

/** A long one is not taken in at a glance. */
function isHarmlessSed(script: string): boolean {
  return script.length <= 500 && SED.test(script);
}

export function checkSed(words: readonly Word[], isCovered: (index: number) => boolean): string | undefined {
  const option = /^(?:-[nErszu]*e|--expression)$/;
  return checkScripts(words, isCovered, option, /^(?:--expression=|-[nErszu]*e)/, isHarmlessSed);
}

export function checkAwk(words: readonly Word[], isCovered: (index: number) => boolean): string | undefined {
  const values = words.some(({ text }, index) => isCovered(index) && /^-[vF].*[|>@]|ARG|ENVIRON/.test(text));
  const takesNext = /^(?:-[Fv]|--assign|--field-separator)$/;
  return values ? NOT_HARMLESS : checkScripts(words, isCovered, /^$/, /^$/, isHarmlessAwk, takesNext);
}

function isHarmlessAwk(script: string): boolean {
  const plain = script.replaceAll(/\\[nt".$/]/g, '');
  if (/system|getline|[|@\\]|close|fflush|ARG|ENVIRON|PROCINFO/.test(plain)) return false;
  // Behind a print it names a file, elsewhere it compares. Where texts may hold braces, statements cannot be told apart.
  const statements = /["/]/.test(plain) ? [plain] : plain.split(/[{};\n]/);
  return !statements.some((statement) => /print.*>/s.test(statement));
}

const NOT_HARMLESS = 'Its script may run commands or write files; a rule has to name it.';

/** The script is what an option gives, or else the first operand. */
function checkScripts(
  words: readonly Word[],
  isCovered: (index: number) => boolean,
  option: RegExp,
  attached: RegExp,
  isHarmless: (script: string) => boolean,
  takesNext: RegExp = /^(?:-l)$/,
): string | undefined {
  const scripts: number[] = [];
  let firstOperand: number | undefined;
  for (let index = 0; index < words.length; index += 1) {
    const text = words[index]?.text ?? '';
    if (option.test(text)) scripts.push((index += 1));
    else if (attached.test(text)) scripts.push(index);
    else if (takesNext.test(text)) index += 1;
    else if (!text.startsWith('-') || text === '-') firstOperand ??= index;
  }
  if (scripts.length === 0 && firstOperand !== undefined) scripts.push(firstOperand);
  const isBad = scripts.some((index) => {
    const word = words[index];
    if (word === undefined || !isCovered(index)) return false;
    return (
      word.kind !== 'literal' || !isHarmless(word.text.replace(attached.source === '^$' ? '' : attached, ''))
    );
  });
  return isBad ? NOT_HARMLESS : undefined;
}

/** Only listing: unpacking writes what the archive says, and many options run a program. */
export function checkTar(words: readonly Word[], isCovered: (index: number) => boolean): string | undefined {
  const [first, file, ...rest] = words;
  const isListing =
    first !== undefined &&
    /^-?(?=.*t)[tvzjJ]*f$/.test(first.text) &&
    file?.kind === 'literal' &&
    /^[\w./-]*\w$/.test(file.text) &&
    rest.length === 0;
  return isListing || words.every((_, index) => !isCovered(index))
    ? undefined
    : 'Only listing an archive is let in by a *; a rule has to name more.';
}
