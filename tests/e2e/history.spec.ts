import { ulid } from 'ulid';
import { messageToRow, MESSAGE_COLUMNS } from '../../src/main/archive/rows.ts';
import { message, type MessagePart } from '../../src/shared/agent.ts';
import { changeArchive } from './harness/archive.ts';
import type { Carrel } from './harness/carrel.ts';
import { providerSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

/** A turn of an agent that thought, used two tools and was broken off in the second. */
function storedTurn(carrel: Carrel): void {
  const sessionId = carrel.sessionId(0);
  const turnId = ulid();
  const answer: MessagePart[] = [
    {
      type: 'reasoning',
      text: 'They want the files.',
      metadata: { kind: 'openai', data: { openai: { itemId: 'rs_1', reasoningEncryptedContent: 'sealed' } } },
    },
    { type: 'text', text: 'I look.' },
    { type: 'tool-call', toolCallId: 'call_1', toolName: 'list_files', input: { path: '.' } },
    { type: 'tool-result', toolCallId: 'call_1', toolName: 'list_files', output: 'a.txt', isError: false },
    { type: 'tool-call', toolCallId: 'call_2', toolName: 'read_file', input: { path: 'a.txt' } },
  ];
  const parts: ['user' | 'assistant', MessagePart[]][] = [
    ['user', [{ type: 'text', text: 'What is here?' }]],
    ['assistant', answer],
  ];
  const rows = parts.map(([role, parts], index) =>
    messageToRow(
      message.parse({
        id: ulid(),
        sessionId,
        turnId,
        sequence: index + 1,
        role,
        parts,
        model: 'first/m1',
        mode: 'code',
        status: role === 'user' ? 'complete' : 'interrupted',
        createdAt: Date.now(),
      }),
    ),
  );
  changeArchive(carrel.home, (database) => {
    const insert = database.prepare(
      `INSERT INTO message (${MESSAGE_COLUMNS.join(', ')}) VALUES (${MESSAGE_COLUMNS.map((name) => `@${name}`).join(', ')})`,
    );
    for (const row of rows) insert.run(row);
  });
}

test('S11 each provider accepts a history of the others, with reasoning, tool calls and results', async ({
  launchDesktop,
  provider,
}) => {
  const kinds = { first: 'openai', second: 'anthropic', third: 'google' } as const;
  const tables = Object.entries(kinds).map(([id, kind]) =>
    providerSettings(provider, { id, kind, models: ['m1'] }),
  );
  const carrel = await launchDesktop({ settings: `[defaults]\nmodel = "first/m1"\n${tables.join('')}` });
  await carrel.close();
  storedTurn(carrel);
  await carrel.start();
  await expect(carrel.conversation).toContainText('I look.');

  provider.answer('m1', { reasoning: 'Let me think.', text: 'Here you are.' });
  const questions = ['as Anthropic', 'as OpenAI', 'as Google', 'as Anthropic again'];
  for (const [index, id] of ['second', 'first', 'third', 'second'].entries()) {
    await carrel.slash(`/model ${id}/m1`);
    await carrel.send(questions[index] ?? '');
    await expect(carrel.conversation.getByText('Here you are.')).toHaveCount(index + 1);
    await carrel.isIdle();
  }
  expect(
    provider.exchanges.map(({ path, status, headers }) => [
      path.split('?')[0],
      status,
      headers['content-type'],
    ]),
  ).toEqual([
    ['/v1/messages', 'complete', 'application/json'],
    ['/v1/responses', 'complete', 'application/json'],
    ['/v1beta/models/m1:streamGenerateContent', 'complete', 'application/json'],
    ['/v1/messages', 'complete', 'application/json'],
  ]);
  for (const [index, exchange] of provider.exchanges.entries()) {
    const told = exchange.conversation.join('\n');
    expect(told).toContain('user: What is here?');
    // What the tools did, that of the one that was broken off too.
    for (const words of ['list_files', 'a.txt', 'broken off']) expect(exchange.rawBody).toContain(words);
    for (const earlier of questions.slice(0, index + 1)) expect(told).toContain(`user: ${earlier}`);
    // OpenAI has an item for each part of an answer, and tools speak in the middle of it.
    const speakers = exchange.messages.map(({ role }) => role).filter((role) => /user|assistant/.test(role));
    expect(speakers.filter((role, position) => role !== speakers[position - 1])).toEqual(
      Array.from({ length: 3 + 2 * index }, (_, position) => (position % 2 === 0 ? 'user' : 'assistant')),
    );
  }
  // The seal is OpenAI's, and goes back there only.
  const sealed = provider.exchanges.map(({ rawBody }) => rawBody.includes('sealed'));
  expect(sealed).toEqual([false, true, false, false]);
});
