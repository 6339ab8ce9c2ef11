import { useEffect, useState } from 'react';
import { isRunning, type Message } from '../../../shared/agent.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { OFFLINE_GUIDE } from '../../../shared/models.ts';
import { assertNever } from '../../../shared/result.ts';
import type { Session } from '../../../shared/session.ts';
import { useCarrel } from '../../store/store.ts';
import { StatusMark, type Mark } from '../../ui/status-mark.tsx';
import { failureInShort } from './failure-words.ts';

/** What the agent does now. It is always there, so that nothing moves when a turn begins. */
export function TurnLine({ sessionId }: { readonly sessionId: SessionId }) {
  const session = useCarrel((state) => state.sessions[sessionId]);
  const isWriting = useCarrel((state) => hasText(state.conversations[sessionId]?.messages.at(-1)));
  if (!session) return null;
  const { mark, word, more } = inWords(session, isWriting);
  return (
    <div className="turn">
      <StatusMark mark={mark} />
      <output className="cut">
        <span className={mark === 'idle' ? undefined : 'strong'}>{word}</span> {more}
      </output>
      {isRunning(session.agent) && <Elapsed since={session.agent.startedAt} />}
    </div>
  );
}

type Words = { readonly mark: Mark; readonly word: string; readonly more?: string };

function inWords({ agent, ai, question }: Session, isWriting: boolean): Words {
  if (question && isRunning(agent)) return { mark: 'needs', word: 'Waiting for you', more: 'a question' };
  switch (agent.status) {
    case 'idle':
      return { mark: 'idle', word: ai.model === OFFLINE_GUIDE ? 'Ready, offline' : 'Ready' };
    case 'thinking':
      return { mark: 'working', word: isWriting ? 'Writing' : 'Thinking' };
    case 'running-tool':
      if (agent.passwordPaneId !== undefined)
        return { mark: 'needs', word: 'Waiting for your password', more: 'type it in the terminal' };
      return { mark: 'working', word: 'Running', more: agent.toolName };
    case 'awaiting-approval':
      return { mark: 'needs', word: 'Waiting for you', more: agent.toolName };
    case 'retrying':
      return { mark: 'working', word: 'Trying again soon', more: failureInShort(agent.error) };
    case 'failed':
      return { mark: 'failed', word: 'Failed', more: failureInShort(agent.error) };
    case 'interrupted':
      return { mark: 'idle', word: 'Interrupted' };
    case 'paused':
      return { mark: 'needs', word: 'Budget spent', more: 'waits for you' };
    case 'unavailable':
      return { mark: 'failed', word: 'Not running' };
    default:
      return assertNever(agent);
  }
}

function hasText(message: Message | undefined): boolean {
  const part = message?.status === 'streaming' ? message.parts.at(-1) : undefined;
  return part?.type === 'text' && part.text !== '';
}

/** Outside of the status, so that screen readers are not told each second. */
function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span aria-hidden="true">{Math.max(0, Math.round((now - since) / 1_000))} s</span>;
}
