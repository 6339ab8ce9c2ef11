import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Answer } from './harness/exchange.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

/** One attempt at each question, and little patience. */
const IMPATIENT = '\n[agent]\nretries = 0\nidle_timeout_seconds = 2\n';

const chunk = (delta: object) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta }] })}\n\n`;

function begin(response: ServerResponse, delta: object = { content: 'Only half' }): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk(delta));
}

const halfACall = (path: string) => ({
  tool_calls: [
    {
      index: 0,
      id: 'call_1',
      type: 'function',
      function: { name: 'write_file', arguments: `{"path":"${path}","content":"made` },
    },
  ],
});

function floodWith(response: ServerResponse, megabytes: number): void {
  const megabyte = 'x'.repeat(1_000_000);
  let left = megabytes;
  const write = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(megabyte)) return;
    }
  };
  response.on('drain', write);
  write();
}

type Fault = readonly [does: string, answer: Answer, says: RegExp];

function faults(path: string): readonly Fault[] {
  const error = (status: number, headers?: Record<string, string>): Answer => ({
    error: { status, message: 'Out of breath', ...(headers && { headers }) },
  });
  return [
    ['refuses the key', error(401), /refused the key \(401\)\. Check/],
    ['has no such model', error(404), /does not know m2 \(404\)\. Choose another model/],
    ['limits requests', error(429, { 'retry-after': '7' }), /Try again in 7 s/],
    ['limits requests and does not say how long', error(429), /Try again in a while/],
    ['fails', error(503), /failed \(503\): Out of breath\. Try again/],
    ['never answers', { hold: 0 }, /sent nothing for 2 s\. Try again/],
    ['falls silent', { spoilt: (response) => begin(response) }, /sent nothing for 2 s\. Try again/],
    [
      'breaks off',
      {
        spoilt: (response) => {
          begin(response);
          setTimeout(() => response.destroy(), 50);
        },
      },
      /broke off before the answer was whole\. Try again/,
    ],
    [
      'breaks off in a call',
      {
        spoilt: (response) => {
          begin(response, halfACall(path));
          setTimeout(() => response.end(), 50);
        },
      },
      /broke off before the answer was whole\. Try again/,
    ],
    [
      'sends what is no JSON',
      {
        spoilt: (response) => {
          begin(response);
          response.end('data: {"choices": [\n\n');
        },
      },
      /not of its protocol\. Try again/,
    ],
    [
      'answers with a page',
      {
        spoilt: (response) =>
          response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>'),
      },
      /text\/html where a stream was due\. Check base_url/,
    ],
    [
      'sends an event of 100 MB',
      {
        spoilt: (response) => {
          begin(response);
          response.write('data: ');
          floodWith(response, 100);
        },
      },
      /an event that is too long .*Try again/,
    ],
  ];
}

test('S44 each fault of a provider is told in its tab with a retry, runs nothing, and slows no other tab', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  test.setTimeout(120_000);
  const carrel = await launchDesktop({ settings: usualSettings(provider) + IMPATIENT });
  const long = Array.from({ length: 300 }, (_, index) => `word${index}`).join(' ');
  const paced = { text: long, pieces: 300, paceMs: 20 };
  provider.answerNext('m1', paced);
  await carrel.ask('alone', long);
  const [alone] = provider.exchangesOf('m1');

  await carrel.newTab();
  await carrel.pickModel('m2');
  for (const [index, [does, answer, says]] of faults(`${folder}/made.txt`).entries()) {
    const { status: before = 'complete' } = provider.exchangesOf('m1').at(-1) ?? {};
    if (before !== 'open') {
      provider.answerNext('m1', paced);
      await carrel.call('turn.send', { sessionId: carrel.sessionId(0), text: 'meanwhile' });
    }
    provider.answerNext('m2', answer);
    await carrel.send(`${index}: ${does}`);
    const alert = carrel.conversation.getByRole('alert').last();
    await expect(alert).toContainText(says);
    await expect(carrel.tab(0)).not.toHaveAccessibleDescription(/failed/);
    await alert.getByRole('button', { name: 'Retry' }).click();
    await carrel.waitForAnswer(`m2: ${index}: ${does}`);
  }
  expect(existsSync(`${folder}/made.txt`)).toBe(false);

  await carrel.switchTo(0);
  await carrel.isIdle();
  await expect(carrel.conversation.getByRole('alert')).toHaveCount(0);
  const tookMs = ({ startedAt, endedAt = Infinity }: { startedAt: number; endedAt: number | undefined }) =>
    endedAt - startedAt;
  const meanwhile = provider.exchangesOf('m1').slice(1);
  expect(meanwhile.length).toBeGreaterThan(1);
  expect(new Set(meanwhile.map(({ status }) => status))).toEqual(new Set(['complete']));
  const answers = carrel.archive
    .rows<{ parts: string }>(
      `SELECT parts FROM message WHERE session_id = '${carrel.sessionId(0)}' AND role = 'assistant'`,
    )
    .map(({ parts }) => (JSON.parse(parts) as { text: string }[])[0]?.text);
  expect(new Set(answers)).toEqual(new Set([long]));
  const slowest = Math.max(...meanwhile.map(tookMs));
  expect(slowest / (alone ? tookMs(alone) : Number.NaN)).toBeLessThan(3);
});
