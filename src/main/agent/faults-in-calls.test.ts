import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../shared/agent.ts';
import type { ProviderKind } from '../../shared/models.ts';
import { allKinds, bridgeTo } from './testing/ask.ts';
import { look, playTurn, type Played } from './testing/play-turn.ts';
import { serve } from './testing/serve.ts';
import { callWires, cutEnding, type WiredCall } from './testing/wire-calls.ts';
import { answerWhole, wires } from './testing/wire.ts';

const good: WiredCall = { json: '{"path":"a.txt"}', id: 'call_one1' };
/** Their protocols have the input as JSON in JSON. */
const IN_ONE_PIECE: ReadonlySet<ProviderKind> = new Set(['google', 'vertex', 'ollama']);

function answerWith(
  kind: ProviderKind,
  response: ServerResponse,
  calls: readonly WiredCall[],
  ending = callWires[kind].ending,
) {
  const { open, close } = callWires[kind];
  response.writeHead(200, { 'content-type': wires[kind].contentType });
  response.write(wires[kind].opening);
  for (const [index, call] of calls.entries()) {
    response.write(open({ ...call, index }));
    response.write(close({ ...call, index }));
  }
  response.end(ending);
}

/** A turn whose first answers are these calls, and whose last is words. */
async function play(
  kind: ProviderKind,
  ...answers: readonly (readonly WiredCall[])[]
): Promise<Played & { bodies: readonly string[] }> {
  const { url, bodies } = await serve((_, response) => {
    const calls = answers[bodies.length - 1];
    if (calls) answerWith(kind, response, calls);
    else answerWhole(kind, response);
  });
  const played = await playTurn(await bridgeTo(kind, url), { tools: [look] });
  return { ...played, bodies };
}

const resultsIn = ({ outcome }: Played) =>
  outcome.message.parts.filter((part) => part.type === 'tool-result');

/** Some packages take no such answer at all; then no call was made, and the turn says so. */
function isUnreadable({ outcome, calls }: Played): boolean {
  return outcome.status === 'failed' && outcome.error.code === 'bad-response' && calls.length === 0;
}

describe.each(allKinds)('%s', (kind) => {
  it('makes a call that is whole, and tells its result', async () => {
    const played = await play(kind, [good]);
    expect(played.outcome.status).toBe('complete');
    expect(played.calls).toMatchObject([{ toolName: 'look', input: { path: 'a.txt' } }]);
    expect(played.bodies[1]).toContain('Seen.');
  });

  it('tells the model that its input is no JSON, in a history that every protocol accepts', async () => {
    const played = await play(kind, [
      { ...good, json: IN_ONE_PIECE.has(kind) ? '"a.txt"' : '{"path": a.txt' },
    ]);
    if (isUnreadable(played)) return;
    expect(resultsIn(played)).toMatchObject([{ isError: true }]);
    expect(played.bodies[1]).toContain('That is not right.');
    expect(played.bodies[1]).not.toMatch(/"(input|args)":\s*"/);
  });

  it('tells the model that there is no such tool', async () => {
    const played = await play(kind, [{ ...good, name: 'destroy' }]);
    expect(played.outcome.status).toBe('complete');
    expect(resultsIn(played)).toMatchObject([{ toolName: 'destroy', isError: true }]);
    expect(played.bodies[1]).toContain('That is not right.');
  });

  it('makes a call without an id, or says that the answer cannot be read', async () => {
    const played = await play(kind, [{ json: good.json }]);
    if (isUnreadable(played)) return;
    expect(played.calls).toHaveLength(1);
    expect(played.calls[0]?.toolCallId).not.toBe('');
    expect(played.bodies[1]).toContain('Seen.');
  });

  it('makes both calls of an answer that have one id', async () => {
    const played = await play(kind, [good, { ...good, json: '{"path":"b.txt"}' }]);
    expect(played.outcome.status).toBe('complete');
    expect(played.calls.map(({ input }) => input)).toEqual([{ path: 'a.txt' }, { path: 'b.txt' }]);
    expect(new Set(played.calls.map(({ toolCallId }) => toolCallId)).size).toBe(2);
    expect(resultsIn(played)).toHaveLength(2);
  });

  it('makes a call whose id an earlier answer had', async () => {
    const played = await play(kind, [good], [{ ...good, json: '{"path":"b.txt"}' }]);
    expect(played.outcome.status).toBe('complete');
    expect(played.calls.map(({ input }) => input)).toEqual([{ path: 'a.txt' }, { path: 'b.txt' }]);
    expect(new Set(played.calls.map(({ toolCallId }) => toolCallId)).size).toBe(2);
  });

  it.each(['length', 'filter'] as const)('makes no call of an answer that was cut (%s)', async (how) => {
    // Ollama reads calls itself, and passes on whole ones only.
    if (kind === 'ollama' || (kind === 'mistral' && how === 'filter')) return;
    const { url } = await serve((_, response) => answerWith(kind, response, [good], cutEnding(kind, how)));
    const { outcome, calls } = await playTurn(await bridgeTo(kind, url), { tools: [look] });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'answer-cut' } });
    expect(outcome.message.error?.message).toMatch(/were not used\. (Try again|Say it otherwise)/);
    expect(calls).toEqual([]);
    expect(textOf(outcome.message)).toBe('Half');
  });

  it.each([
    ['length', /limit of its answer's length\. Say "go on"/],
    ['filter', /broke the answer off: its content filter/],
  ] as const)('keeps and marks the text of an answer that was cut (%s)', async (how, says) => {
    // Mistral knows no such ending.
    if (kind === 'mistral' && how === 'filter') return;
    const { url, bodies } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': wires[kind].contentType });
      response.write(wires[kind].opening);
      response.end(cutEnding(kind, how));
    });
    const { outcome } = await playTurn(await bridgeTo(kind, url));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'answer-cut' } });
    expect(outcome.message.error?.message).toMatch(says);
    expect(textOf(outcome.message)).toMatch(/^Half/);
    expect(bodies).toHaveLength(1);
  });
});
