import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Carrel } from './harness/carrel.ts';
import type { ProviderServer } from './harness/provider-server.ts';
import { look, VIEWS } from './harness/look.ts';
import { providerSettings, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const ANSWER = `The tests fail because \`parse\` gets an **empty line**. Two ways out:

1. Skip empty lines before parsing.
2. Let \`parse\` answer \`undefined\`.

\`\`\`ts
export function parse(line: string): Entry | undefined {
  if (line.trim() === '') return undefined;
  return { text: line, isLong: line.length > 80 };
}
\`\`\`

| file | failures |
|---|---|
| src/parse.ts | 3 |
| src/a-file-with-quite-a-long-name-in-a-deep-folder/index.ts | 1 |
`;

async function work(carrel: Carrel, provider: ProviderServer): Promise<void> {
  provider.answer('m1', {
    text: ANSWER,
    reasoning: 'The stack trace names parse.',
    usage: { input: 1200, output: 340 },
  });
  await carrel.expectPrompt();
  await carrel.type("ls --color=always /usr; printf '\\e[31mred \\e[32mgreen \\e[34mblue\\e[0m\\n'\n");
  await carrel.expectTerminal('red green blue');
  await carrel.send('Why do the tests fail?');
  await carrel.waitForAnswer('a-file-with-quite-a-long-name');
}

/** What zoom does to a window of 1280 × 820. */
const ZOOMED = { colorScheme: 'dark', viewport: { width: 640, height: 410 }, deviceScaleFactor: 2 } as const;

for (const [name, context] of [...VIEWS, ['zoomed', ZOOMED] as const]) {
  test(`looks right: ${name}`, async ({ launchWeb, provider }) => {
    const second = providerSettings(provider, {
      id: 'elsewhere',
      models: ['m7', 'm8'],
      apiKey: '$CARREL_MISSING_KEY',
    });
    const carrel = await launchWeb({ settings: usualSettings(provider) + second, context });
    await look(carrel, `${name}-empty`);
    await work(carrel, provider);
    await look(carrel, `${name}-main`);
    await carrel.openModelPicker();
    await look(carrel, `${name}-picker`);
    await carrel.page.keyboard.press('Escape');
    provider.answer('m1', {
      error: { status: 429, message: 'Too many requests', headers: { 'retry-after': '20' } },
    });
    await carrel.send('And now?');
    await expect(carrel.conversation.getByRole('alert')).toBeVisible();
    await look(carrel, `${name}-error`);
  });
}

test('looks right: desktop', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.newTab();
  await carrel.renameTab(1, 'A tab with a title that is far too long for its place');
  await work(carrel, provider);
  await look(carrel, 'desktop');
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`looks right: tabs at work, ${colorScheme}`, async ({ launchWeb, provider }) => {
    const anthropic = providerSettings(provider, {
      id: 'anthropic',
      kind: 'anthropic',
      models: ['claude-sonnet-4-5'],
    });
    const openai = providerSettings(provider, { id: 'openai', kind: 'openai', models: ['gpt-5-mini'] });
    const local = providerSettings(provider, { id: 'local', kind: 'ollama', models: ['qwen3-coder:30b'] });
    const settings = `[defaults]\nmodel = "anthropic/claude-sonnet-4-5"\n${anthropic}${openai}${local}`;
    const context = { colorScheme, viewport: { width: 1440, height: 900 } };
    const carrel = await launchWeb({ settings, context });
    await carrel.renameTab(0, 'ledger-api');

    provider.answer('gpt-5-mini', { error: { status: 503, message: 'Overloaded' } });
    await carrel.newTab();
    await carrel.renameTab(1, 'staging');
    await carrel.pickModel('gpt-5-mini');
    await carrel.send('Roll back to the last release.');
    await expect(carrel.conversation.getByRole('alert')).toBeVisible();

    provider.answer('qwen3-coder:30b', { text: ANSWER, pieces: 8, hold: 4 });
    await carrel.newTab();
    await carrel.renameTab(2, 'docs-site');
    await carrel.pickModel('qwen3-coder:30b');
    await carrel.send('Rewrite the introduction.');
    await expect(carrel.conversation).toContainText('The tests fail');

    provider.answer('claude-sonnet-4-5', { text: ANSWER, usage: { input: 3120, output: 418 } });
    await carrel.switchTo(0);
    await carrel.expectPrompt();
    await carrel.type('git -C / status; ls --color=always /usr; seq 3 | sed "s/^/test /"; false\n');
    await carrel.expectTerminal('test 3');
    await carrel.ask('Why do the tests fail?', 'a-file-with-quite-a-long-name');
    await carrel.message.fill('Fix it, then run the whole suite.');
    await look(carrel, `${colorScheme}-tabs`);
  });
}

for (const [name, context] of VIEWS) {
  test(`looks right: panes, ${name}`, async ({ launchWeb, provider }) => {
    const carrel = await launchWeb({ settings: usualSettings(provider), context });
    await work(carrel, provider);
    await carrel.page.keyboard.press('Control+Shift+I');
    await carrel.runCommand('Split to the right');
    await expect(carrel.terminal.getByRole('group')).toHaveCount(2);
    await carrel.runCommand('Split downwards');
    await expect(carrel.terminal.getByRole('group')).toHaveCount(3);
    await carrel.page.keyboard.type('ls --color=always /; false\n');
    await look(carrel, `panes-${name}`);
    await carrel.runCommand('Zoom pane');
    await look(carrel, `panes-${name}-zoomed`);
  });
}

for (const [name, context] of VIEWS) {
  test(`looks right: approvals, ${name}`, async ({ launchWeb, provider, folder }) => {
    const settings = usualSettings(provider).replace('[defaults]', `[defaults]\ncwd = "${folder}"`);
    const lines = Array.from({ length: 30 }, (_, index) => `export const value${index} = ${index};`);
    writeFileSync(join(folder, 'values.ts'), `${lines.join('\n')}\n`);
    const changed = lines.with(2, 'export const value2 = "two";').with(20, '// gone');
    const carrel = await launchWeb({ settings, context });
    await carrel.expectPrompt();
    provider.answerNext('m1', {
      text: 'First I look at what there is, then I run the tests.',
      calls: [
        {
          name: 'update_plan',
          input: {
            items: [
              { text: 'Read the values', state: 'done' },
              { text: 'Change two of them', state: 'running' },
              { text: 'Run the tests', state: 'pending' },
            ],
          },
        },
        { name: 'read_file', input: { path: 'values.ts' } },
        {
          name: 'run_command',
          input: { command: 'npm test -- --grep "values" && rm -rf build; echo \u202edone' },
        },
      ],
    });
    provider.answerNext('m1', {
      calls: [{ name: 'write_file', input: { path: 'values.ts', content: `${changed.join('\n')}\n` } }],
    });
    provider.answerNext('m1', {
      calls: [
        {
          name: 'ask_user',
          input: { question: 'Which one do you want?', choices: ['The short one', 'The long one'] },
        },
      ],
    });
    await carrel.send('Change the values.');
    const question = (tool: string) => carrel.conversation.getByRole('group', { name: `Approval: ${tool}` });
    await expect(question('run_command')).toBeVisible();
    await look(carrel, `${name}-approval-command`);
    await question('run_command').getByRole('button', { name: 'Deny' }).click();
    await expect(question('write_file')).toBeVisible();
    await look(carrel, `${name}-approval-change`);
    await question('write_file').getByRole('button', { name: 'Approve once' }).click();
    await expect(carrel.conversation.getByRole('button', { name: 'The short one' })).toBeVisible();
    await look(carrel, `${name}-question`);
    await carrel.conversation.getByRole('button', { name: 'The short one' }).click();
    await carrel.waitForAnswer('m1: Change the values.');
    await look(carrel, `${name}-tools-done`);
  });
}
