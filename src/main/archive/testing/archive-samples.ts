import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { onTestFinished } from 'vitest';
import type { Message } from '../../../shared/agent.ts';
import { messageId, sessionId, turnId, type SessionId } from '../../../shared/ids.ts';
import { openArchive } from '../open-archive.ts';
import type { Archive, OpenedArchive, StoredSession, UsageRecord } from '../types.ts';

/** The path of an archive in a folder of its own, which goes when the test ends. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'carrel.db');
}

export function ready(opened: OpenedArchive): Archive {
  if (opened.status === 'too-new') throw new Error('The archive is too new');
  return opened.archive;
}

/** Opens the archive at the path until the test ends. */
export function openedUntilTheEnd(path = temporaryPath()): Archive {
  const archive = ready(openArchive(path));
  onTestFinished(() => archive[Symbol.dispose]());
  return archive;
}

/** A session with every field. */
export function sampleSession(change: Partial<StoredSession> = {}): StoredSession {
  return {
    id: sessionId.parse(ulid()),
    title: 'Work',
    position: 0,
    cwd: '/home/ada',
    shell: '/bin/zsh',
    defaults: { model: 'local/one', mode: 'code', modeModels: { plan: 'cloud/two' } },
    profile: 'build-1',
    colour: 'teal',
    isPinned: true,
    draft: 'half a "thought" ünd 😀\0',
    isUnread: true,
    openedAt: 1_700_000_000_000,
    usedAt: 1_700_000_000_001,
    ...change,
  };
}

/** A message with every field. */
export function sampleMessage(session: SessionId, change: Partial<Message> = {}): Message {
  return {
    id: messageId.parse(ulid()),
    sessionId: session,
    turnId: turnId.parse(ulid()),
    sequence: 1,
    role: 'assistant',
    parts: [
      { type: 'reasoning', text: 'Hm', metadata: { kind: 'anthropic', data: { signature: 'x' } } },
      { type: 'text', text: 'Hello 😀' },
    ],
    model: 'router/vendor/name',
    mode: 'code',
    status: 'failed',
    error: { code: 'network', message: 'No answer' },
    usage: { inputTokens: 3 },
    createdAt: 1_700_000_000_000.5,
    endedAt: 1_700_000_000_002,
    ...change,
  };
}

/** What an answer used, with every field. */
export function sampleUsage(session: SessionId, change: Partial<UsageRecord> = {}): UsageRecord {
  return {
    messageId: messageId.parse(ulid()),
    sessionId: session,
    turnId: turnId.parse(ulid()),
    model: 'router/vendor/name',
    mode: 'code',
    effort: 'high',
    usage: {
      inputTokens: 100,
      outputTokens: 10,
      cachedInputTokens: 50,
      cacheWriteTokens: 20,
      reasoningTokens: 5,
      cost: 0.25,
    },
    isLocal: true,
    endedAt: 1000,
    ...change,
  };
}
