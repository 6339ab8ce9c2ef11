import { expect, it } from 'vitest';
import { openTerminal, startClient } from '../../pty/testing/open-terminal.ts';
import { openWorkspace } from './testing/open-workspace.ts';
import { readTerminal, type ReadTerminalInput } from './read-terminal.ts';

it('reads the last lines, or the last commands', async () => {
  await using terminal = openTerminal({ useShellIntegration: true });
  const tool = readTerminal.forTab(terminal.pty);
  const read = async (input: ReadTerminalInput) => {
    const prepared = await tool.prepare(input, openWorkspace().context);
    if (prepared.status === 'refused') throw new Error(prepared.outcome.text);
    return prepared.run();
  };
  expect(await read({})).toMatchObject({ text: 'The terminal is empty.' });
  using client = await startClient(terminal);
  expect(await read({ commands: 2 })).toMatchObject({
    text: 'The shell has told of no command yet.',
  });
  client.type(String.raw`printf '\033[31mred\033[0m\n'; (exit 2)` + '\r');
  await client.sees(/^red\n\$$/m);
  client.type('seq 1 500; echo begun; sleep 1000\r');
  await client.sees(/^begun$/m);
  expect(await read({ lines: 2 })).toEqual({
    text: '500\nbegun',
    isError: false,
  });
  const { text } = await read({ commands: 2 });
  expect(text).toMatch(/^\$ printf [^\n]*\n\[exit code 2, in [^\n]*\]\n/);
  expect(text).toMatch(/\n\$ seq 1 500; echo begun; sleep 1000\n\[still runs, in [^]*\n500\nbegun$/);
});
