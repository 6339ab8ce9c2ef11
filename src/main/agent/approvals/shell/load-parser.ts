import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

/** The packages stay in node_modules in the built app too, and only this finds the grammar's file everywhere. */
const require = createRequire(import.meta.url);

let grammar: Promise<Language> | undefined;

/** A parser for shell text; the grammar is loaded once. */
export async function loadParser(): Promise<Parser> {
  grammar ??= Parser.init().then(() =>
    Language.load(require.resolve('tree-sitter-bash/tree-sitter-bash.wasm')),
  );
  const language = await grammar;
  return new Parser().setLanguage(language);
}
