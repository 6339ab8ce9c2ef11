import { expect, it } from 'vitest';
import { eventually, openTerminal, startClient } from './testing/open-terminal.ts';

it('sends the latest lines at once, and all of them when the terminal is at rest', async () => {
  await using terminal = openTerminal({ scrollback: 5000 });
  using first = await startClient(terminal);
  first.type('seq 3000\r');
  await first.sees(/^3000\n\$/m);
  const snapshots: string[] = [];
  let data = '';
  using attachment = terminal.pty.attach((kind, bytes) => {
    const text = Buffer.from(bytes).toString();
    if (kind === 'snapshot') snapshots.push(text);
    else {
      data += text;
      attachment.acknowledge(bytes.length);
    }
  });
  await eventually(() => expect(snapshots).toHaveLength(1));
  const has = (line: number) => snapshots.map((text) => text.includes(`\n${line}\r`));
  expect([has(3000), has(2500), has(1500)]).toEqual([[true], [true], [false]]);
  // It is not at rest while somebody types.
  for (const key of 'echo typed') {
    first.type(key);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(snapshots).toHaveLength(1);
  }
  await eventually(() => expect(snapshots).toHaveLength(2));
  expect([has(3000), has(1500), has(2)]).toEqual([
    [true, true],
    [false, true],
    [false, true],
  ]);
  expect(data).toBe('echo typed');
  expect(snapshots[1]).toContain('$ echo typed');
  first.type('!\r');
  await eventually(() => expect(data).toMatch(/^echo typed!\r\n[^]*typed!\r\n/));
  expect(snapshots).toHaveLength(2);
});
