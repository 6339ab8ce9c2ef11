import { Terminal } from '@xterm/headless';
import { expect, it } from 'vitest';
import { htmlOf, type Source } from './copy-html.ts';

const theme = { foreground: '#111111', background: '#eeeeee', red: '#ff0000', brightBlue: '#0000ff' };

async function htmlFor(
  text: string,
  range = { start: { x: 0, y: 0 }, end: { x: 20, y: 3 } },
): Promise<string> {
  const terminal = new Terminal({ cols: 20, rows: 4, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const { buffer, cols } = terminal;
  const source = { buffer, cols, options: { theme, fontFamily: '"Mono"' } } as unknown as Source;
  const html = htmlOf(source, range);
  expect(html).toMatch(
    /^<pre style="color:#111111;background-color:#eeeeee;font-family:&#34;Mono&#34;">[^]*<\/pre>$/,
  );
  return html.replace(/^<pre[^>]*>|<\/pre>$/g, '').trimEnd();
}

it.each([
  ['plain <b> & "x"', 'plain &#60;b&#62; &#38; &#34;x&#34;'],
  [
    '\x1b[31mred\x1b[m \x1b[1;94mblue',
    '<span style="color:#ff0000">red</span> <span style="color:#0000ff;font-weight:bold">blue</span>',
  ],
  [
    '\x1b[38;5;208mcube \x1b[48;5;244m\x1b[39mgrey',
    '<span style="color:#ff8700">cube </span><span style="background-color:#808080">grey</span>',
  ],
  ['\x1b[38;2;1;2;3;4mrgb', '<span style="color:#010203;text-decoration:underline">rgb</span>'],
  [
    '\x1b[7mturned\x1b[31;3mred',
    '<span style="color:#eeeeee;background-color:#111111">turned</span><span style="color:#eeeeee;background-color:#ff0000;font-style:italic">red</span>',
  ],
  ['漢字\x1b[3Cgap', '漢字   gap'],
  ['one\r\n\r\nthree', 'one\n\nthree'],
  ['a line that is broken in two rows', 'a line that is broken in two rows'],
])('draws %j', async (text, html) => {
  expect(await htmlFor(text)).toBe(html);
});

it('takes what is selected only', async () => {
  const range = { start: { x: 2, y: 0 }, end: { x: 3, y: 1 } };
  expect(await htmlFor('abcdef\r\nghijkl', range)).toBe('cdef\nghi');
});
