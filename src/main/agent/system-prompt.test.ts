import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { builtInModes } from './modes/index.ts';
import { composeSystemPrompt } from './system-prompt.ts';

const tab = { cwd: '/home/ada/wool', shell: '/bin/zsh', platform: 'darwin' };
const now = new Date(2026, 10, 21, 12);

it('tells the model of its tab below the mode’s prompt', async () => {
  const lastCommand = {
    commandLine: 'make\tall',
    exitCode: 2,
    cwd: '/home/ada',
    durationMs: 1250,
    endedAt: 1,
  };
  const { text } = await composeSystemPrompt('Be brief.\n', { ...tab, lastCommand }, { now });
  expect(text).toBe(
    [
      'Be brief.',
      '',
      '# This tab',
      '',
      '- Folder: /home/ada/wool',
      '- Shell: /bin/zsh',
      '- Platform: darwin',
      `- Date: Saturday, 21 November 2026 (${Intl.DateTimeFormat().resolvedOptions().timeZone})`,
      '- Last command: "make\\tall" in /home/ada: exit code 2, after 1.3 s',
    ].join('\n'),
  );
});

it('says when no command has run yet', async () => {
  expect((await composeSystemPrompt('', tab)).text).toContain('- Last command: none in this tab yet');
});

it('adds the instruction files of the folder, and says which', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'carrel-prompt-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const path = join(cwd, 'AGENTS.md');
  writeFileSync(path, `Use tabs.\n${'x'.repeat(40_000)}`);
  const { text, taken } = await composeSystemPrompt('Be brief.', { ...tab, cwd }, { home: '/nowhere' });
  expect(text).toContain(`\n\n<instructions path=${JSON.stringify(path)}>\nUse tabs.\n`);
  expect(text).toMatch(/\n\[The rest is left out\.]\n<\/instructions>$/);
  expect(taken).toEqual([{ path, isCut: true }]);
});

it('has a prompt and a description for each built-in mode', () => {
  expect(Object.keys(builtInModes)).toEqual(['code', 'ask', 'plan', 'debug']);
  for (const { prompt, description } of Object.values(builtInModes)) {
    expect(prompt).toContain('in Carrel');
    expect(description).not.toBe('');
  }
});
