import { ArrowDown } from 'lucide-react';
import { Fragment, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { undoOf, type Message } from '../../../shared/agent.ts';
import type { SessionId } from '../../../shared/ids.ts';
import type { Session } from '../../../shared/session.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { turnChanges } from '../../store/turn-changes.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Announcer } from './announcer.tsx';
import { ApprovalCard } from './approval/approval-card.tsx';
import { QuestionCard } from './approval/question-card.tsx';
import { EmptyState } from './empty-state.tsx';
import { FailureCard, UnavailableCard } from './failure-card.tsx';
import { MessageView } from './message.tsx';
import { PlanCard } from './plan/plan-card.tsx';
import { PausedCard } from './paused-card.tsx';
import { useAgentRequests } from './requests.ts';
import { TurnChanges } from './undo/turn-changes.tsx';
import { UndoRecord } from './undo/undo-record.tsx';
import { useHeldAtEnd, type HeldAtEnd } from './use-held-at-end.ts';
import { useShownMessage } from './use-shown-message.ts';

/** Messages drawn at first, and again with each step back: a tab with a long history is shown as fast as a new one. */
const PAGE_MESSAGES = 20;

/** The history of a session, held at its newest end. */
export function Conversation({ sessionId }: { readonly sessionId: SessionId }) {
  const messages = useMessages(sessionId);
  const status = useCarrel((state) => state.conversations[sessionId]?.status);
  const { log, isAway, goToEnd, stayAtEnd, leaveEnd, keepPlace } = useHeldAtEnd(messages.length === 0);
  useAgentRequests({
    top: () => log.current?.scrollTo({ top: 0 }),
    bottom: goToEnd,
    question: () => log.current && goToQuestion(log.current),
  });
  const ownMessageId = messages.findLast(({ role }) => role === 'user')?.id;
  const follow = useEffectEvent(goToEnd);
  useLayoutEffect(() => {
    if (ownMessageId !== undefined) follow();
  }, [ownMessageId]);
  const stay = useEffectEvent(stayAtEnd);
  useLayoutEffect(() => {
    if (messages.length > 0) stay();
  }, [messages]);

  return (
    <div className="log-frame">
      {/* Not live itself: screen readers are told whole parts, and not each word. */}
      <div
        className="log"
        role="log"
        aria-label="Conversation"
        aria-live="off"
        aria-busy={messages.at(-1)?.status === 'streaming'}
        ref={log}
      >
        <div className="thread">
          <Thread sessionId={sessionId} messages={messages} keepPlace={keepPlace} leaveEnd={leaveEnd} />
        </div>
      </div>
      {status === 'loaded' && <Announcer last={messages.at(-1)} />}
      {isAway && messages.length > 0 && (
        <Button className="log-jump" onClick={goToEnd}>
          <Icon of={ArrowDown} isSmall />
          Jump to the newest
        </Button>
      )}
    </div>
  );
}

/** The one before what is read now. */
function goToQuestion(log: HTMLElement): void {
  const { top } = log.getBoundingClientRect();
  const questions = [...log.querySelectorAll('.mine')];
  const isAbove = (question: Element) => question.getBoundingClientRect().top < top;
  questions.findLast(isAbove)?.scrollIntoView({ block: 'start' });
}

const NO_MESSAGES: readonly Message[] = [];

/** Loads the history when it is first shown, and again when the window was attached anew. */
function useMessages(sessionId: SessionId): readonly Message[] {
  const { loadConversation } = useActions();
  const conversation = useCarrel((state) => state.conversations[sessionId]);
  const isMissing = conversation === undefined;
  useEffect(() => {
    if (isMissing) void loadConversation(sessionId);
  }, [isMissing, loadConversation, sessionId]);
  return conversation?.messages ?? NO_MESSAGES;
}

function Thread({
  sessionId,
  messages,
  ...held
}: {
  readonly sessionId: SessionId;
  readonly messages: readonly Message[];
} & Pick<HeldAtEnd, 'keepPlace' | 'leaveEnd'>) {
  const { loadConversation } = useActions();
  const status = useCarrel((state) => state.conversations[sessionId]?.status ?? 'loading');
  const agent = useCarrel((state) => state.sessions[sessionId]?.agent);

  const isEmpty = messages.length === 0;
  const last = messages.at(-1);
  const isAtRest = agent?.status === 'idle' || agent?.status === 'interrupted';
  return (
    <>
      {!isEmpty && <Messages messages={messages} {...held} />}
      {isEmpty && status === 'loading' && <p className="thread-late faint">Loading…</p>}
      {isEmpty && status === 'loaded' && isAtRest && <EmptyState sessionId={sessionId} />}
      {status === 'failed' && (
        <div className="thread-failed" role="alert">
          <p>The conversation could not be loaded. It is kept on disk.</p>
          <Button onClick={() => void loadConversation(sessionId)}>Try again</Button>
        </div>
      )}
      <Waiting sessionId={sessionId} />
      {last && <PlanCard sessionId={sessionId} last={last} />}
      {agent && <AgentTrouble sessionId={sessionId} agent={agent} last={last} />}
    </>
  );
}

function Messages({
  messages,
  keepPlace,
  leaveEnd,
}: { readonly messages: readonly Message[] } & Pick<HeldAtEnd, 'keepPlace' | 'leaveEnd'>) {
  const [first, setFirst] = useState(() => Math.max(0, messages.length - PAGE_MESSAGES));
  const changes = turnChanges(messages);
  const isNewest = ({ id }: Message) => changes.some(({ undone }) => undone?.messageId === id);
  const last = messages.findLastIndex((message) => !undoOf(message));
  useShownMessage(messages, {
    leaveEnd,
    drawFrom: (index) => setFirst((present) => Math.min(present, index)),
  });

  return (
    <>
      {first > 0 && (
        <Button variant="quiet" onClick={() => keepPlace(() => setFirst(Math.max(0, first - PAGE_MESSAGES)))}>
          Show earlier messages
        </Button>
      )}
      {messages.slice(first).map((message, index) => (
        <Fragment key={message.id}>
          {undoOf(message) ? (
            <UndoRecord message={message} isNewest={isNewest(message)} />
          ) : (
            <MessageView message={message} isLast={first + index === last} />
          )}
          {changes
            .filter(({ after }) => after === message.id)
            .map((change) => (
              <TurnChanges key={change.turnId} sessionId={message.sessionId} change={change} />
            ))}
        </Fragment>
      ))}
    </>
  );
}

/** What the turn waits for: the person's leave, or an answer. */
function Waiting({ sessionId }: { readonly sessionId: SessionId }) {
  const session = useCarrel((state) => state.sessions[sessionId]);
  return (
    <>
      {session?.approvals.map((request) => (
        <ApprovalCard key={request.id} sessionId={sessionId} request={request} />
      ))}
      {session?.question && (
        <QuestionCard key={session.question.id} sessionId={sessionId} question={session.question} />
      )}
    </>
  );
}

/** What is wrong with the agent itself, where no message says it. */
function AgentTrouble({
  sessionId,
  agent,
  last,
}: {
  readonly sessionId: SessionId;
  readonly agent: Session['agent'];
  readonly last: Message | undefined;
}) {
  if (agent.status === 'unavailable')
    return <UnavailableCard sessionId={sessionId} message={agent.message} />;
  if (agent.status === 'retrying')
    return <FailureCard sessionId={sessionId} error={agent.error} retryAt={agent.retryAt} />;
  if (agent.status === 'paused') return <PausedCard sessionId={sessionId} message={agent.message} />;
  const isSaid = last?.status === 'failed' && last.error !== undefined;
  if (agent.status === 'failed' && !isSaid) return <FailureCard sessionId={sessionId} error={agent.error} />;
  return null;
}
