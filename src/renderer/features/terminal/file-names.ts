/** A name in a line that may be a file's; `start` and `end` count UTF-16 units of the line. */
export type FileName = {
  readonly name: string;
  readonly line?: number;
  readonly column?: number;
  readonly start: number;
  readonly end: number;
};

/** As many as the core looks for at a time. */
const MAX_NAMES = 20;

/** A path, and the place in it as compilers and tests tell it: `a.ts:12:3`, `a.ts(12,3)`, `"a.py", line 12`. */
const PATH_AND_PLACE =
  /(?<path>(?:~\/|\/)?[\p{L}\p{N}_@%+=,.~#-]+(?:\/[\p{L}\p{N}_@%+=,.~#-]+)*\/?)(?:(?::|\(|", line )(?<line>\d{1,6})(?:[:,] ?(?<column>\d{1,5}))?\)?)?/gu;

/** What may be files in a line: paths, names with an ending, and names with a place. Addresses of the web are none. */
export function fileNamesIn(text: string): FileName[] {
  return Iterator.from(text.matchAll(PATH_AND_PLACE)).flatMap(fileNameOf).take(MAX_NAMES).toArray();
}

function fileNameOf({ 0: all, index, input, groups }: RegExpExecArray): FileName[] {
  const { path = '', line, column } = groups ?? {};
  const isAddress = /[\p{L}\d]:\/\/?$/u.test(input.slice(0, index)) || path.startsWith('www.');
  // A stop behind it ends the sentence.
  const name = line === undefined ? path.replace(/[.,]+$/, '') : path;
  const looksLikeOne = /\/|\.\p{L}/u.test(name) || (line !== undefined && /\p{L}/u.test(name));
  if (isAddress || !looksLikeOne || /^[./~]+$/.test(name)) return [];
  return [
    {
      name,
      ...(line !== undefined && { line: Number(line) }),
      ...(column !== undefined && { column: Number(column) }),
      start: index,
      end: index + (line === undefined ? name.length : all.length),
    },
  ];
}
