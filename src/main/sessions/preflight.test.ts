import { describe, expect, it } from 'vitest';
import type { Message } from '../../shared/agent.ts';
import { messageId, sessionId, turnId } from '../../shared/ids.ts';
import { preflightOf, type PreflightInput } from './preflight.ts';

const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const NOW = 1_000_000;

function messageOf(changes: Partial<Message>): Message {
  return {
    id: messageId.parse(ID),
    sessionId: sessionId.parse(ID),
    turnId: turnId.parse(ID),
    sequence: 1,
    role: 'assistant',
    parts: [],
    model: 'a/one',
    mode: 'code',
    status: 'complete',
    createdAt: 1,
    endedAt: NOW - 1000,
    ...changes,
  };
}

/** A thousand tokens cost a dollar, and a tenth of it from the cache. */
function preflight(changes: Partial<PreflightInput>) {
  return preflightOf({
    from: 'a/one',
    to: 'b/two',
    facts: undefined,
    messages: [],
    costOf: (_, { inputTokens = 0, cachedInputTokens = 0 }) => (inputTokens - cachedInputTokens * 0.9) / 1000,
    askAboveDollars: 5,
    now: NOW,
    ...changes,
  });
}

const counted = messageOf({
  usage: { inputTokens: 900, outputTokens: 100, cachedInputTokens: 500, cacheWriteTokens: 300 },
});
const blind = { contextWindow: 500, abilities: { images: false, tools: false } };

describe('a preflight', () => {
  it('says what has to be read again, what that costs, and what the cache would have spared', () => {
    const facts = { contextWindow: 4000, abilities: {} };
    expect(preflight({ messages: [counted], facts })).toEqual({
      from: 'a/one',
      to: 'b/two',
      rereadTokens: 1000,
      rereadCost: 1,
      windowShare: 0.25,
      cacheLost: { tokens: 800, cost: expect.closeTo(0.08) as number },
      reasoningLeftOut: 0,
      unsupported: [],
      isWorthAsking: false,
    });
  });

  it('adds an estimate of what came after the last count', () => {
    const question = messageOf({ role: 'user', parts: [{ type: 'text', text: 'x'.repeat(400) }] });
    expect(preflight({ messages: [counted, question] }).rereadTokens).toBe(1100);
  });

  it('promises no cache that is old or another model’s', () => {
    expect([
      preflight({ messages: [{ ...counted, endedAt: NOW - 3_600_000 }] }).cacheLost,
      preflight({ messages: [{ ...counted, model: 'c/three' }] }).cacheLost,
    ]).toEqual([undefined, undefined]);
  });

  it('counts the reasoning that stays behind, and not what comes home', () => {
    const metadata = { kind: 'anthropic', data: {} };
    const thoughts: Message['parts'] = [
      { type: 'reasoning', text: 'Hm.', metadata },
      { type: 'reasoning', text: 'Told in the open.' },
    ];
    const messages = [messageOf({ parts: thoughts }), messageOf({ parts: thoughts, model: 'b/two' })];
    expect(preflight({ messages }).reasoningLeftOut).toBe(1);
  });

  it.each<[string, Message['parts'], string[]]>([
    ['images', [{ type: 'image', mediaType: 'image/png', data: 'AAAA' }], ['images', 'window']],
    ['tools', [{ type: 'tool-call', toolCallId: '1', toolName: 'list_files', input: {} }], ['tools']],
    ['a long text', [{ type: 'text', text: 'x'.repeat(2000) }], ['window']],
    ['a short text', [{ type: 'text', text: 'x' }], []],
  ])('asks where the history holds %s that the model cannot take', (_, parts, expected) => {
    const { unsupported, isWorthAsking } = preflight({ messages: [messageOf({ parts })], facts: blind });
    expect([unsupported.map(({ what }) => what), isWorthAsking]).toEqual([expected, expected.length > 0]);
  });

  it('asks where reading again costs more than the user said', () => {
    const dear = messageOf({ usage: { inputTokens: 6000, outputTokens: 1 } });
    expect(preflight({ messages: [dear] }).isWorthAsking).toBe(true);
  });

  it('has nothing to say where the model stays', () => {
    expect(preflight({ to: 'a/one', messages: [counted], facts: blind })).toMatchObject({
      rereadTokens: 0,
      isWorthAsking: false,
    });
  });
});
