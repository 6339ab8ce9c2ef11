import { isInside, isSecret } from '../paths.ts';
import type { Word } from '../types.ts';
import type { Starred } from './types.ts';

/** Parts of the names of options by which programs are known to run, load, write or send something else than they seem to. */
const DANGEROUS_OPTION =
  /exec|eval|install|load|call|\bout\b|-filter|command|cmd|shell|pager|editor|plugin|loader|require|import|preload|config|conf\b|rcfile|init-file|script|hook|output|out-?file|out-?dir|\bfile\b|upload|receive|proxy|host\b|remote|registry|module|runner|resolver|transform|setup|rootdir|\broot\b|prefix|checkpoint|log-?file|report-?file|env\b|environment|node-options|interpreter|compiler|linker|toolchain|wrapper|launcher|browser|server|socket|connect|token|password|force|delete|remove|\byes\b|unsafe|insecure|privileged|no-verify|global|system|user\b/i;

/** Letters that mean "run this", "load this" or "write there" in many programs. */
const DANGEROUS_LETTERS = /^-[A-Za-z]*[cCeEoOxXrRIfFgyUDLTp]/;

/** What a program is told to do that is more than to look, build or test. */
const DANGEROUS_VERB =
  /^(?:exec|eval|install|load|call|shell|sh|bash|zsh|console|repl|run|runner|ssh|attach|publish|deploy|destroy|delete|remove|rm|del|purge|prune|drop|apply|install|uninstall|add|upgrade|update|push|login|logout|config|set|edit|link|import|export|cp|mv|copy|send|upload|create|init|new|kill|stop|enable|disable|reset|restore|dlx|x|exec-file|source|load|plugin|plugins|hook|hooks|alias|env|secret|secrets|auth|token|credentials)$/;

const NAMED = 'a rule has to name it.';

function refuseVerb({ text }: Word): string | undefined {
  return DANGEROUS_VERB.test(text) ? `“${text}” may change or run something else; ${NAMED}` : undefined;
}

/**
 * For programs that nothing is known of: a `*` lets plain words and files of the workspace in, and nothing that looks as
 * though it runs, loads, writes or sends something.
 */
export function checkUnknownProgram({ words, isCovered, place }: Starred): string | undefined {
  let isFirst = true;
  for (const [index, word] of words.entries()) {
    if (index === 0) continue;
    const isOption = word.text.startsWith('-');
    const isVerb = isFirst && !isOption;
    if (isVerb) isFirst = false;
    if (!isCovered(index)) continue;
    const fault = (isVerb ? refuseVerb(word) : undefined) ?? refuseWord(word, place);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Why a word should not reach a program that nothing is known of. */
export function refuseWord(word: Word, place: Starred['place']): string | undefined {
  const { text, kind, prefix } = word;
  if (kind === 'unknown') return 'What stands here is known only when it runs.';
  if (kind === 'pattern' && prefix === '')
    return 'A file may be named like an option; write ./* instead of *.';
  if (text.startsWith('--') ? DANGEROUS_OPTION.test(text.split('=')[0] ?? '') : DANGEROUS_LETTERS.test(text))
    return `The option ${text.replace(/=.*$/s, '')} may run, load or write something; ${NAMED}`;
  if (/^\w+=/.test(text)) return 'It sets a variable of the program.';
  if (/[;|&`$<>\n\\{}]|\$\(|^[+@]/.test(text)) return `It holds signs that may be run; ${NAMED}`;
  return checkPaths(word, place);
}

function checkPaths({ text }: Word, place: Starred['place']): string | undefined {
  for (const part of text.split(/[=,:]/)) {
    if (isSecret(part)) return 'It may hold secrets.';
    if (
      /^[/~]|^\.\.(?:\/|$)|\/\.\.(?:\/|$)/.test(part) &&
      !isInside(part, place) &&
      part !== '/dev/null' &&
      !part.startsWith('//')
    )
      return 'It lies outside of the workspace.';
  }
  if (/:\/\/|^[\w.-]+@[\w.-]+:/.test(text)) return `It is an address elsewhere; ${NAMED}`;
  return undefined;
}
