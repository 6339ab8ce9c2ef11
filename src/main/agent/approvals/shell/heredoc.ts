import type { Node } from 'web-tree-sitter';

/**
 * Looks over text that is given to a command line by line (`<<END`). Shells and parsers differ on where such a text ends, so
 * only the plain form is taken: a delimiter of letters, and the text closed by a line that is the delimiter and nothing else.
 * `rest` is what stands behind it on its first line.
 */
export function readHeredoc(node: Node, text: string): { problem?: string; rest: Node[] } {
  const rest = node.children.filter(
    ({ type, isNamed }) =>
      isNamed && !['file_descriptor', 'heredoc_start', 'heredoc_body', 'heredoc_end'].includes(type),
  );
  if (rest.length > 0) return { problem: 'More follows on the line of "<<".', rest };
  const body = node.children.find(({ type }) => type === 'heredoc_body');
  const held = body?.namedChildren.filter(({ type }) => type !== 'heredoc_content') ?? [];
  const [, quote, name] = /^<<('?)([A-Za-z_]+)\1\n/.exec(text.slice(node.startIndex)) ?? [];
  const end = node.children.find(({ type }) => type === 'heredoc_end');
  if (name === undefined || !end) return { problem: 'Text behind "<<" is not understood.', rest: held };
  const from = text.indexOf('\n', node.startIndex) + 1;
  const lines = text.slice(from).split('\n');
  const last = lines.indexOf(name);
  const content = lines.slice(0, last).join('\n');
  const endsAt = from + content.length + (last > 0 ? 1 : 0);
  const isPlain = last >= 0 && end.text === name && end.startIndex === endsAt;
  if (!isPlain) return { problem: 'Where the text behind "<<" ends is not certain.', rest: held };
  const isReplaced = quote === '' && /[$`\\]/.test(content);
  return isReplaced
    ? { problem: 'The shell replaces parts of the text behind "<<".', rest: held }
    : { rest: [] };
}
