import { createCssVariablesTheme, createHighlighterCore, type ThemedToken } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { bundledLanguages, type BundledLanguage } from 'shiki/langs';

/** Its colours are variables, which the style sheet takes from the terminal's palette, so both themes work. */
const theme = createCssVariablesTheme({ name: 'tokens', variablePrefix: '--code-' });

/** One for all code: a grammar is loaded when it is first met. The engine is JavaScript, as the page may run no wasm. */
const highlighter = createHighlighterCore({
  themes: [theme],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
});

/** Longer lines (minified code, data) stay plain. */
const MAX_LINE_CHARACTERS = 1_000;

export type CodeToken = Pick<ThemedToken, 'content' | 'color'>;

/** The code in coloured pieces; undefined for a language that is not known. */
export async function highlight(code: string, language: string): Promise<CodeToken[] | undefined> {
  const lang = language.toLowerCase();
  if (!isKnown(lang)) return undefined;
  const { loadLanguage, codeToTokens } = await highlighter;
  await loadLanguage(bundledLanguages[lang]);
  const { tokens } = codeToTokens(code, {
    lang,
    theme: 'tokens',
    tokenizeMaxLineLength: MAX_LINE_CHARACTERS,
    // A busy machine must not leave a line half coloured; the line's length is limited already.
    tokenizeTimeLimit: 0,
  });
  return tokens.flatMap((line) => line.concat({ content: '\n', offset: 0 }));
}

function isKnown(language: string): language is BundledLanguage {
  return Object.hasOwn(bundledLanguages, language);
}
