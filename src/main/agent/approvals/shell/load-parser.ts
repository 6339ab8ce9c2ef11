import { createRequire } from 'node:module';
import type { Parser } from 'web-tree-sitter';

let loading: Promise<Parser> | undefined;

/** The parser of shell text, loaded when it is first needed. It keeps nothing between two texts, so that one is enough. */
export function loadParser(): Promise<Parser> {
  return (loading ??= load());
}

async function load(): Promise<Parser> {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  // The packages stay in node_modules in the built app too, and only this finds the grammar's file everywhere.
  const file = createRequire(import.meta.url).resolve('tree-sitter-bash/tree-sitter-bash.wasm');
  return new Parser().setLanguage(await Language.load(file));
}
