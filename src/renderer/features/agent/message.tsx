import { ArrowUp, RotateCcw } from 'lucide-react';
import { memo, useState } from 'react';
import { textOf, type Message, type MessagePart } from '../../../shared/agent.ts';
import { assertNever } from '../../../shared/result.ts';
import { useActions } from '../../store/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FailureCard } from './failure-card.tsx';
import { SentAttachment } from './attachments/sent-attachment.tsx';
import { failureTitle } from './failure-words.ts';
import { Markdown } from './markdown.tsx';
import { stampOf } from './stamp.ts';
import { ToolCall, type ToolResultPart } from './tool-call.tsx';

type Shown = {
  readonly message: Message;
  /** The end of the conversation, from where a turn can be tried again. */
  readonly isLast: boolean;
};

/** Drawn again only when the store has another message in its place. */
export const MessageView = memo(function MessageView({ message, isLast }: Shown) {
  if (message.role === 'user') {
    const text = textOf(message);
    return (
      <article className="message mine" aria-label="You" data-message={message.id}>
        {text !== '' && <p>{text}</p>}
        {message.parts.map((part, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- parts never move
          <Beside key={index} part={part} />
        ))}
      </article>
    );
  }
  return <Answer message={message} isLast={isLast} />;
});

function Answer({ message, isLast }: Shown) {
  const isStreaming = message.status === 'streaming';
  return (
    <article
      className={isStreaming ? 'message' : 'message message-settled'}
      aria-label="Answer"
      data-message={message.id}
    >
      {message.parts.map((part, index) => (
        <Part
          // oxlint-disable-next-line react/no-array-index-key -- parts are added at the end and never move
          key={index}
          part={part}
          message={message}
          isLast={isLast}
          isStreaming={isStreaming && index === message.parts.length - 1}
        />
      ))}
      <AnswerEnd message={message} isLast={isLast} />
    </article>
  );
}

function Part({
  part,
  message: { sessionId, parts, status },
  isLast,
  isStreaming,
}: {
  readonly part: MessagePart;
  readonly message: Message;
  readonly isLast: boolean;
  readonly isStreaming: boolean;
}) {
  switch (part.type) {
    case 'text':
      return <Markdown text={part.text} isStreaming={isStreaming} />;
    case 'reasoning':
      return part.text === '' ? null : <Reasoning text={part.text} isStreaming={isStreaming} />;
    case 'tool-call':
      return (
        <ToolCall
          sessionId={sessionId}
          call={part}
          result={resultOf(part.toolCallId, parts)}
          isLast={isLast}
          isStreaming={status === 'streaming'}
        />
      );
    // Shown with its call, and after the turn; images and attachments come from the user.
    case 'tool-result':
    case 'changes':
    case 'image':
    case 'attachment':
    case 'undo':
      return null;
    default:
      return assertNever(part);
  }
}

function resultOf(id: string, parts: readonly MessagePart[]): ToolResultPart | undefined {
  return parts.find((part): part is ToolResultPart => part.type === 'tool-result' && part.toolCallId === id);
}

/** What the user sent beside the words. */
function Beside({ part }: { readonly part: MessagePart }) {
  if (part.type === 'attachment') return <SentAttachment part={part} />;
  if (part.type !== 'image') return null;
  return (
    <img
      className="message-image"
      src={`data:${part.mediaType};base64,${part.data}`}
      alt={part.name ?? 'Sent with this message'}
    />
  );
}

/** Folded, also while it comes: nothing on the page moves when the answer itself begins. */
function Reasoning({ text, isStreaming }: { readonly text: string; readonly isStreaming: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="reasoning" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Thinking</summary>
      {isOpen && <Markdown text={text} isStreaming={isStreaming} />}
    </details>
  );
}

function AnswerEnd({ message, isLast }: Shown) {
  switch (message.status) {
    case 'streaming':
      return null;
    case 'complete':
      return <Stamp message={message} />;
    case 'interrupted':
      return (
        <>
          <Stamp message={message} />
          {isLast && <RetryButton message={message} />}
        </>
      );
    case 'failed':
      if (!message.error) return <Stamp message={message} />;
      return (
        <>
          {message.parts.length > 0 && <Stamp message={message} />}
          {isLast ? (
            <FailureCard sessionId={message.sessionId} error={message.error} />
          ) : (
            <p className="failure-past">{failureTitle(message.error)}</p>
          )}
        </>
      );
    default:
      return assertNever(message.status);
  }
}

function Stamp({ message }: { readonly message: Message }) {
  const when = new Date(message.endedAt ?? message.createdAt);
  return (
    <footer className="stamp" title={when.toLocaleString()}>
      {stampOf(message).map((piece) => (
        <span key={piece}>{piece}</span>
      ))}
      <IconButton
        className="stamp-up"
        label="Go to the question"
        onClick={({ currentTarget }) => questionBefore(currentTarget)?.scrollIntoView({ block: 'start' })}
      >
        <Icon of={ArrowUp} isSmall />
      </IconButton>
    </footer>
  );
}

function questionBefore(element: Element): Element | undefined {
  let before = element.closest('.message')?.previousElementSibling;
  while (before && !before.classList.contains('mine')) before = before.previousElementSibling;
  return before ?? undefined;
}

function RetryButton({ message: { sessionId } }: { readonly message: Message }) {
  const { retry } = useActions();
  return (
    <Button onClick={() => void retry(sessionId)}>
      <Icon of={RotateCcw} isSmall />
      Retry
    </Button>
  );
}
