import { expect, it } from 'vitest';
import { fileNamesIn } from './file-names.ts';

const found = (text: string) =>
  fileNamesIn(text).map(({ name, line, column, start, end }) => [text.slice(start, end), name, line, column]);

it.each([
  ['❯ src/a.ts:61:28 failed', [['src/a.ts:61:28', 'src/a.ts', 61, 28]]],
  ['a/b.cs(12,3): error', [['a/b.cs(12,3)', 'a/b.cs', 12, 3]]],
  ['  File "lib/x.py", line 12, in f', [['lib/x.py", line 12', 'lib/x.py', 12, undefined]]],
  [
    'README.md  Makefile  docs/',
    [
      ['README.md', 'README.md', undefined, undefined],
      ['docs/', 'docs/', undefined, undefined],
    ],
  ],
  ['Makefile:12: *** missing', [['Makefile:12', 'Makefile', 12, undefined]]],
  ['see ./über/中文.md.', [['./über/中文.md', './über/中文.md', undefined, undefined]]],
  ['+++ b/src/x.ts', [['b/src/x.ts', 'b/src/x.ts', undefined, undefined]]],
  [
    '~/notes.txt, /etc/hosts',
    [
      ['~/notes.txt', '~/notes.txt', undefined, undefined],
      ['/etc/hosts', '/etc/hosts', undefined, undefined],
    ],
  ],
  ['https://a.example/x.ts:1 www.example.com', []],
  ['at 12:30:05, 3.5 s, so ... / ~', []],
])('finds what may be files in %j', (text, names) => {
  expect(found(text)).toEqual(names);
});

it('looks at so many names of a line at most', () => {
  expect(fileNamesIn('a.ts '.repeat(100))).toHaveLength(20);
});
