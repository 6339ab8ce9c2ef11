import { expect, it } from 'vitest';
import { MarkFilter } from './mark-filter.ts';

const NONCE = '0123abcd';
const TOKEN = 'feed';

function open() {
  const filter = new MarkFilter({ nonce: NONCE, token: TOKEN, now: () => 42 });
  const rewrite = (...chunks: string[]) =>
    chunks.map((chunk) => Buffer.from(filter.rewrite(Buffer.from(chunk))).toString());
  return { filter, rewrite };
}

it('puts time and token into the marks of the shell, where they stand', () => {
  const { rewrite } = open();
  const shell = `漢\x1b]633;A;${NONCE}\x07$ \x1b]633;D;3;${NONCE}\x07\x1b[1mx\x1b]7;file:///\x07`;
  expect(rewrite(shell)).toEqual([
    '漢\x1b]633;A;;42;feed\x07$ \x1b]633;D;3;42;feed\x07\x1b[1mx\x1b]7;file:///\x07',
  ]);
});

it.each([
  `\x1b]633;C\x07`,
  `\x1b]633;C;${TOKEN}\x07`,
  `\x1b]633;C;;42;${TOKEN}\x07`,
  `\x1b]633;T;0123456789abcdef\x07`,
  `\x1b]633;c;${NONCE}\x07`,
  `\x1b]633;C;${NONCE}0\x07`,
  `\x1b]633;C;1;2;${NONCE}\x07`,
  `\x1b]633;C;\x18;${NONCE}\x07`,
  `\x1b]133;C;${NONCE}\x07`,
  `\x1b]633;C\x1b\\`,
  `\x1b]133;D;0\x1b\\`,
])('takes out a faked %j', (fake) => {
  expect(open().rewrite(`a${fake}b`)).toEqual(['ab']);
});

it('takes a fake for ended where another sequence begins', () => {
  expect(open().rewrite('\x1b]633;C\x1b[31mred')).toEqual(['\x1b[31mred']);
});

it('waits for the end of a mark that comes in pieces, and not for ever', () => {
  const { rewrite } = open();
  const line = 'x'.repeat(5000);
  expect(rewrite(`a\x1b]633;E;${line}`, `;${NONCE}`, '\x07b')).toEqual([
    'a',
    '',
    `\x1b]633;E;${line};42;feed\x07b`,
  ]);
  expect(rewrite('\x1b]633;C\x1b', '\\c')).toEqual(['', 'c']);
  const endless = `\x1b]633;${'y'.repeat(70_000)}`;
  expect(rewrite(endless)).toEqual([endless]);
});

it('passes output without marks on as it is', () => {
  const { filter } = open();
  const bytes = Buffer.from('\x1b]0;title\x07 \x1b]63');
  expect(filter.rewrite(bytes)).toEqual(bytes);
});

it('ends the command that ended the shell, and no other', () => {
  const { filter, rewrite } = open();
  expect(filter.end(1)).toBe('');
  rewrite(`\x1b]633;C;${NONCE}\x07`);
  expect([filter.end(3), filter.end(3)]).toEqual(['\x1b]633;D;3;42;feed\x07', '']);
});

it('lets true marks and all between them be read along, and keeps what is between Carrel and the shell to itself', () => {
  const { filter, rewrite } = open();
  const seen: string[] = [];
  filter.tap = {
    mark: (kind, value) => seen.push(`<${kind}${value}>`),
    output: (bytes) => seen.push(Buffer.from(bytes).toString()),
  };
  const mark = (body: string) => `\x1b]633;${body};${NONCE}\x07`;
  expect(rewrite(`${mark('B')}a${mark('L;taken')}`, mark('K'))).toEqual(['\x1b]633;B;;42;feed\x07a', '']);
  expect(filter).toMatchObject({ isAtPrompt: false, isInsideCommand: true, isRunning: false });
  rewrite(`${mark('C')}b\x1b]633;D;0\x07c\x1b]633;D`, `;7;${NONCE}\x07`);
  expect(seen.join('')).toBe('<B>a<Ltaken><K><C>bc<D7>');
  expect(filter).toMatchObject({ isAtPrompt: false, isInsideCommand: false, isRunning: false });
  rewrite(mark('B'));
  expect(filter.isAtPrompt).toBe(true);
});
