import { expect, it } from 'vitest';
import { builtInModes } from './modes/index.ts';
import { composeSystemPrompt } from './system-prompt.ts';

const tab = { cwd: '/home/ada/wool', shell: '/bin/zsh', platform: 'darwin' };

it('tells the model of its tab below the mode’s prompt', () => {
  const lastCommand = {
    commandLine: 'make\tall',
    exitCode: 2,
    cwd: '/home/ada',
    durationMs: 1250,
    endedAt: 1,
  };
  expect(composeSystemPrompt('Be brief.\n', { ...tab, lastCommand })).toBe(
    [
      'Be brief.',
      '',
      '# This tab',
      '',
      '- Folder: /home/ada/wool',
      '- Shell: /bin/zsh',
      '- Platform: darwin',
      '- Last command: "make\\tall" in /home/ada: exit code 2, after 1.3 s',
    ].join('\n'),
  );
});

it('says when no command has run yet', () => {
  expect(composeSystemPrompt('', tab)).toContain('- Last command: none in this tab yet');
});

it('has a prompt and a description for each built-in mode', () => {
  expect(Object.keys(builtInModes)).toEqual(['code', 'ask', 'plan', 'debug']);
  for (const { prompt, description } of Object.values(builtInModes)) {
    expect(prompt).toContain('You cannot run commands');
    expect(description).not.toBe('');
  }
});
