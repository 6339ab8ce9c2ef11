import { expect, it } from 'vitest';
import { openTerminal, startClient } from '../../pty/testing/open-terminal.ts';
import { readTerminal } from './read-terminal.ts';

it('reads the last lines, or the last commands', async () => {
  await using terminal = openTerminal({ useShellIntegration: true });
  const context = { pty: terminal.pty };
  expect(await readTerminal.run({}, context)).toMatchObject({ text: 'The terminal is empty.' });
  using client = await startClient(terminal);
  expect(await readTerminal.run({ commands: 2 }, context)).toMatchObject({
    text: 'The shell has told of no command yet.',
  });
  client.type(String.raw`printf '\033[31mred\033[0m\n'; (exit 2)` + '\r');
  await client.sees(/^red\n\$$/m);
  client.type('seq 1 500; echo begun; sleep 1000\r');
  await client.sees(/^begun$/m);
  expect(await readTerminal.run({ lines: 2 }, context)).toEqual({
    status: 'done',
    text: '500\nbegun',
    isError: false,
  });
  const { text } = await readTerminal.run({ commands: 2 }, context);
  expect(text).toMatch(/^\$ printf [^\n]*\n\[exit code 2, in [^\n]*\]\n/);
  expect(text).toMatch(/\n\$ seq 1 500; echo begun; sleep 1000\n\[still runs, in [^]*\n500\nbegun$/);
});
