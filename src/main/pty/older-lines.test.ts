import { expect, it } from 'vitest';
import { eventually, openTerminal, startClient } from './testing/open-terminal.ts';

it('sends the latest lines at once, and the older ones when they are asked for', async () => {
  await using terminal = openTerminal({ scrollback: 5000 });
  using first = await startClient(terminal);
  first.type('seq 3000\r');
  await first.sees(/^3000\n\$/m);
  const snapshots: string[] = [];
  let data = '';
  using attachment = terminal.pty.attach((kind, bytes) => {
    const text = Buffer.from(bytes).toString();
    if (kind === 'data') {
      data += text;
      attachment.acknowledge(bytes.length, 0);
    } else snapshots.push(`${kind} ${text}`);
  });
  await eventually(() => expect(snapshots).toHaveLength(1));
  const has = (line: number) => snapshots.map((text) => text.includes(`\n${line}\r`));
  expect([has(3000), has(2500), has(1500)]).toEqual([[true], [true], [false]]);
  for (const key of 'echo typed') first.type(key);
  await eventually(() => expect(data).toBe('echo typed'));
  attachment.sendAllLines();
  // Once is enough.
  attachment.sendAllLines();
  first.type('!\r');
  await eventually(() => expect(data).toMatch(/^echo typed!\r\n[^]*typed!\r\n[^]*\$ $/));
  attachment.sendAllLines();
  first.type('x');
  await eventually(() => expect(data.endsWith('x')).toBe(true));
  expect(snapshots.map((text) => text.slice(0, 6))).toEqual(['latest', 'snapsh']);
  expect([has(3000), has(1500), has(2)]).toEqual([
    [true, true],
    [false, true],
    [false, true],
  ]);
});

it('leaves nothing out where there are few lines', async () => {
  await using terminal = openTerminal({ scrollback: 5000 });
  using client = await startClient(terminal);
  expect(client.kinds).toEqual(['snapshot']);
});
