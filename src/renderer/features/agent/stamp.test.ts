import { describe, expect, it } from 'vitest';
import type { Message } from '../../../shared/agent.ts';
import { stampOf } from './stamp.ts';

function answer(changes: Partial<Message>): Message {
  return {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' as Message['id'],
    sessionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' as Message['sessionId'],
    turnId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' as Message['turnId'],
    sequence: 2,
    role: 'assistant',
    parts: [],
    model: 'anthropic/claude-sonnet-4-5',
    mode: 'code',
    status: 'complete',
    createdAt: new Date(2026, 10, 21, 9, 40).getTime(),
    endedAt: new Date(2026, 10, 21, 9, 41).getTime(),
    ...changes,
  };
}

describe('stampOf', () => {
  it('names model, mode, tokens and the time of the end', () => {
    expect(stampOf(answer({ usage: { inputTokens: 3120, outputTokens: 418 } }))).toEqual([
      'anthropic/claude-sonnet-4-5',
      'code',
      '3,120 in, 418 out',
      '09:41',
    ]);
  });

  it('says the effort and the cost where there are any', () => {
    const usage = { inputTokens: 3120, outputTokens: 418, cost: 0.016 };
    expect(stampOf(answer({ usage, effort: 'high' }))).toEqual([
      'anthropic/claude-sonnet-4-5',
      'code',
      'high effort',
      '3,120 in, 418 out',
      '$0.016',
      '09:41',
    ]);
  });

  it('leaves out what the provider did not count', () => {
    expect(stampOf(answer({}))).toEqual(['anthropic/claude-sonnet-4-5', 'code', '09:41']);
    expect(stampOf(answer({ usage: {} }))).toEqual(['anthropic/claude-sonnet-4-5', 'code', '09:41']);
    expect(stampOf(answer({ usage: { outputTokens: 0 } }))).toContain('0 out');
  });

  it('says first that an answer was cut off', () => {
    expect(stampOf(answer({ status: 'interrupted' }))[0]).toBe('Interrupted');
    expect(stampOf(answer({ status: 'failed' }))[0]).toBe('Cut off');
  });

  it('falls back to the time of the start', () => {
    const { endedAt: _, ...unfinished } = answer({});
    expect(stampOf(unfinished).at(-1)).toBe('09:40');
  });
});
