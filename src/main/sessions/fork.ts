import { ulid } from 'ulid';
import type { Message, MessagePart } from '../../shared/agent.ts';
import { messageId, turnId, type SessionId } from '../../shared/ids.ts';
import type { ModelReference } from '../../shared/models.ts';
import type { StoredSession } from '../archive/types.ts';
import type { ConfigRows } from './config-rows.ts';
import { activePane, type LiveSession } from './session.ts';

/** What a fork is stored as: the folder, choices and history of its source, and no draft, queue, other panes or spending. */
export function forkOf(
  source: LiveSession,
  copy: {
    readonly id: SessionId;
    readonly messages: readonly Message[];
    readonly config: ConfigRows;
    /** Undefined: the source's. */
    readonly model: ModelReference | undefined;
    readonly now: number;
  },
): { stored: StoredSession; config: ConfigRows; messages: Message[] } {
  const { stored, turn } = source;
  const { queue: _queue, panes: _panes, ...choices } = copy.config;
  const settled = copy.messages.filter(({ turnId }) => turnId !== turn?.turnId);
  // What the source's turns changed is undone there.
  const turnIds = new Map(settled.map((message) => [message.turnId, turnId.parse(ulid())]));
  return {
    stored: {
      ...stored,
      id: copy.id,
      cwd: activePane(source).cwd,
      title: stored.title && `${stored.title} (fork)`,
      draft: '',
      isUnread: false,
      isPinned: false,
      openedAt: copy.now,
      usedAt: copy.now,
    },
    config:
      copy.model === undefined
        ? without(choices, /^attachment:/)
        : { ...without(choices, /^attachment:|^model(?::|$)/), model: copy.model },
    messages: settled.map((message, index) => ({
      ...message,
      id: messageId.parse(ulid()),
      sessionId: copy.id,
      turnId: turnIds.get(message.turnId) ?? message.turnId,
      parts: message.parts.flatMap(withoutUndo),
      sequence: index + 1,
    })),
  };
}

function withoutUndo(part: MessagePart): MessagePart[] {
  if (part.type === 'changes') return [];
  if (part.type !== 'undo') return [part];
  const { undoId: _, ...record } = part;
  return [record];
}

/** Without the rows of such keys: a model that is named holds in every mode, and what was added belongs to its message. */
function without(config: ConfigRows, keys: RegExp): ConfigRows {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !keys.test(key)));
}
