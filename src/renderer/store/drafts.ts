import type { SessionId } from '../../shared/ids.ts';

/** Typing is sent when it pauses this long, so that a draft on disk is never far behind. */
const DRAFT_PAUSE_MS = 150;

export type Drafts = {
  /** Sends the text when typing pauses. */
  set(id: SessionId, draft: string): void;
  /** Sends what waits for this session at once, ahead of any call made after it. */
  flush(id: SessionId): void;
  flushAll(): void;
  /** Nothing more is sent for this session. */
  forget(id: SessionId): void;
  /** What the core has not confirmed yet. */
  unsent(): ReadonlyMap<SessionId, string>;
};

/** `send` says whether the core has it; what it has not stays unsent until the next change or flush. */
export function createDrafts(send: (id: SessionId, draft: string) => Promise<boolean>): Drafts {
  const unsent = new Map<SessionId, string>();
  const timers = new Map<SessionId, ReturnType<typeof setTimeout>>();

  function stopTimer(id: SessionId): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  async function flush(id: SessionId): Promise<void> {
    stopTimer(id);
    const draft = unsent.get(id);
    if (draft === undefined) return;
    const isSaved = await send(id, draft);
    if (isSaved && unsent.get(id) === draft) unsent.delete(id);
  }

  return {
    set(id, draft) {
      unsent.set(id, draft);
      stopTimer(id);
      timers.set(
        id,
        setTimeout(() => void flush(id), DRAFT_PAUSE_MS),
      );
    },
    flush: (id) => void flush(id),
    flushAll() {
      for (const id of unsent.keys()) void flush(id);
    },
    forget(id) {
      stopTimer(id);
      unsent.delete(id);
    },
    unsent: () => unsent,
  };
}
