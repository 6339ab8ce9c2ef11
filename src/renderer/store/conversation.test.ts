import { textOf } from '../../shared/agent.ts';
import { describe, expect, it } from 'vitest';
import { conversationEvent, conversationLoaded, loadingConversation } from './conversation.ts';
import type { Conversation } from './state.ts';
import { envelope, sampleDelta, sampleMessage, sampleSession } from './testing/samples.ts';

const { id } = sampleSession();
const question = sampleMessage(id, { role: 'user', status: 'complete', sequence: 1 });
const answer = sampleMessage(id, { sequence: 2, parts: [{ type: 'text', text: 'Hello' }] });
const loaded: Conversation = { status: 'loaded', sequence: 20, messages: [question, answer] };

function lastText(conversation: Conversation): string | undefined {
  const last = conversation.messages.at(-1);
  return last && textOf(last);
}

describe('deltas', () => {
  it.each([
    ['adds what follows', 5, ', world', 'Hello, world'],
    ['skips what is there', 0, 'Hello', 'Hello'],
    ['adds only the new end of an overlap', 3, 'lo, you', 'Hello, you'],
  ])('%s', (_, offset, text, expected) => {
    expect(lastText(conversationEvent(loaded, envelope(21, sampleDelta(answer, offset, text))))).toBe(
      expected,
    );
  });

  it('gives the same text however often each delta comes', () => {
    const deltas = [sampleDelta(answer, 5, ' a'), sampleDelta(answer, 7, ' b')];
    const once = deltas.reduce((state, delta) => conversationEvent(state, envelope(21, delta)), loaded);
    const twice = deltas.reduce((state, delta) => conversationEvent(state, envelope(22, delta)), once);
    expect(lastText(once)).toBe('Hello a b');
    expect(twice).toBe(once);
  });

  it('starts a new part of its kind', () => {
    const delta = { ...sampleDelta(answer, 0, 'hm'), part: 1, kind: 'reasoning' as const };
    expect(conversationEvent(loaded, envelope(21, delta as never)).messages[1]?.parts[1]).toEqual({
      type: 'reasoning',
      text: 'hm',
    });
  });

  it.each([
    ['text before it is missing', sampleDelta(answer, 9, 'x')],
    ['its message is missing', sampleDelta(sampleMessage(id), 0, 'x')],
  ])('asks for the conversation again when %s, and shows what there is meanwhile', (_, delta) => {
    const gap = conversationEvent(loaded, envelope(21, delta));
    expect(gap.status).toBe('loading');
    expect(gap.messages).toBe(loaded.messages);
  });

  it('ignores a late delta of a turn that has ended', () => {
    const ended = { ...answer, status: 'interrupted' as const };
    const conversation = { ...loaded, messages: [question, ended] };
    expect(conversationEvent(conversation, envelope(21, sampleDelta(answer, 5, '!')))).toBe(conversation);
  });
});

describe('messages', () => {
  it('adds a new one and replaces a changed one', () => {
    const next = sampleMessage(id, { role: 'user', sequence: 3, status: 'complete' });
    const added = conversationEvent(loaded, envelope(21, messageChanged(next)));
    expect(added.messages.map((message) => message.id)).toEqual([question.id, answer.id, next.id]);
    const done = { ...answer, status: 'complete' as const };
    const changed = conversationEvent(loaded, envelope(21, messageChanged(done)));
    expect(changed.messages).toEqual([question, done]);
  });

  it('asks for the conversation again when one between is missing', () => {
    const later = sampleMessage(id, { sequence: 5 });
    expect(conversationEvent(loaded, envelope(21, messageChanged(later))).status).toBe('loading');
  });

  it('skips what was loaded already', () => {
    expect(conversationEvent(loaded, envelope(20, messageChanged({ ...answer, parts: [] })))).toBe(loaded);
  });
});

describe('loading', () => {
  it('puts what arrived meanwhile on top of what was loaded, each once', () => {
    const arriving = [
      envelope(19, sampleDelta(answer, 3, 'lo')),
      envelope(21, sampleDelta(answer, 5, '!')),
    ].reduce(conversationEvent, loadingConversation);
    expect(arriving.messages).toEqual([]);
    const conversation = conversationLoaded(arriving, { sequence: 20, messages: [question, answer] });
    expect(conversation.status).toBe('loaded');
    expect(lastText(conversation)).toBe('Hello!');
  });
});

function messageChanged(message: typeof answer) {
  return { type: 'message-changed' as const, sessionId: id, message };
}
