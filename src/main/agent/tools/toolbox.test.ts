import { expect, it } from 'vitest';
import { z } from 'zod';
import { systemLookup } from './fetch/request.ts';
import { openWorkspace } from './testing/open-workspace.ts';
import { createTools, prepareCall } from './toolbox.ts';
import type { Question, Tool } from './types.ts';

it('has a tool for each need, each with a description and an input that can be told as JSON schema', () => {
  const tools = createTools({ ripgrep: undefined, lookup: systemLookup });
  expect(Object.fromEntries(tools.map(({ name, risk }) => [name, risk]))).toEqual({
    read_file: 'read',
    write_file: 'write',
    edit_file: 'write',
    list_files: 'read',
    find_files: 'read',
    search_files: 'read',
    fetch_url: 'network',
    update_plan: 'ask',
    ask_user: 'ask',
  });
  for (const { description, input } of tools) {
    expect(description.length).toBeGreaterThan(20);
    expect(z.toJSONSchema(input)).toMatchObject({ type: 'object' });
  }
});

it('tells a model what is wrong with its call', async () => {
  const { call } = openWorkspace();
  expect((await call('delete_all', {})).text).toMatch(
    /^There is no tool delete_all\. There are: read_file, /,
  );
  const outcome = await call('read_file', { path: 7, offset: 0 });
  expect(outcome.isError).toBe(true);
  expect(outcome.text).toMatch(/^The input of read_file is not right\. path: .*; offset: /);
});

it('shows a plan and asks the person', async () => {
  const questions: Question[] = [];
  const { call } = openWorkspace(
    {},
    {
      askPerson: async (question) => {
        questions.push(question);
        return questions.length === 1 ? 'blue' : undefined;
      },
    },
  );
  const items = [
    { text: 'Look', state: 'done' },
    { text: 'Mend', state: 'running' },
  ];
  expect(await call('update_plan', { items })).toEqual({
    isError: false,
    text: 'The person sees the plan: 1 of 2 steps done.',
  });
  const question = { question: 'Which colour?', choices: ['red', 'blue'] };
  expect(await call('ask_user', question)).toEqual({ isError: false, text: 'blue' });
  expect(await call('ask_user', { question: 'And now?' })).toEqual({
    isError: true,
    text: 'The person did not answer.',
  });
  expect(questions).toEqual([question, { question: 'And now?' }]);
});

it('runs nothing once the turn was stopped', async () => {
  const controller = new AbortController();
  const { prepare, changes } = openWorkspace({ 'a.txt': 'one' }, { signal: controller.signal });
  const prepared = await prepare('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' });
  controller.abort();
  expect(prepared.status === 'ready' && (await prepared.run())).toEqual({
    isError: true,
    text: 'It was stopped.',
  });
  expect(changes).toEqual([]);
  expect((await prepare('read_file', { path: 'a.txt' })).status).toBe('refused');
});

it('cuts what is too long for the model, and lets a bug be one', async () => {
  const { context } = openWorkspace();
  const tool = (run: () => Promise<never> | Promise<{ text: string; isError: boolean }>): Tool => ({
    name: 'own',
    description: '',
    input: z.object({}),
    risk: 'read',
    prepare: async () => ({ status: 'ready', action: { type: 'none' }, run }),
  });
  const runOf = async (own: Tool) => {
    const prepared = await prepareCall([own], { name: 'own', input: {} }, context);
    return prepared.status === 'ready' ? prepared.run() : undefined;
  };
  const long = await runOf(tool(async () => ({ text: 'x'.repeat(100_000), isError: false })));
  expect(long?.text).toContain('left out here');
  await expect(runOf(tool(() => Promise.reject(new TypeError('bug'))))).rejects.toThrow('bug');
});
