import { Check, Circle, CircleDot, RotateCcw, Wrench } from 'lucide-react';
import { z } from 'zod';
import type { MessagePart } from '../../../shared/agent.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Diff, LineCounts } from '../../ui/diff.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Spinner } from '../../ui/status-mark.tsx';

type ToolCallPart = Extract<MessagePart, { type: 'tool-call' }>;
export type ToolResultPart = Extract<MessagePart, { type: 'tool-result' }>;

/** A tool that the agent used: what it was about and how it ended, and what went in and came out when it is opened. */
export function ToolCall({
  sessionId,
  call,
  result,
  isLast,
  isStreaming,
}: {
  readonly sessionId: SessionId;
  readonly call: ToolCallPart;
  readonly result: ToolResultPart | undefined;
  /** Of the conversation: what waits for its result can be asked about again. */
  readonly isLast: boolean;
  readonly isStreaming: boolean;
}) {
  const isWaiting = useCarrel(
    ({ sessions }) =>
      sessions[sessionId]?.approvals.some(({ toolCallId }) => toolCallId === call.toolCallId) === true ||
      (sessions[sessionId]?.question !== undefined && call.toolName === 'ask_user' && !result),
  );
  const isPasswordAsked = useCarrel(({ sessions }) => {
    const agent = sessions[sessionId]?.agent;
    return agent?.status === 'running-tool' && agent.passwordPaneId !== undefined;
  });
  const plan = planOf(call);
  if (plan) return <Plan items={plan} />;
  // The question itself stands below.
  if (isWaiting) return null;
  const { change } = result ?? {};
  const isRunning = !result && isStreaming;
  return (
    <>
      <details className="tool-call" open={change !== undefined}>
        <summary>
          {isRunning ? <Spinner /> : <Icon of={Wrench} isSmall />}
          <span className="mono text-small">{call.toolName}</span>
          <span className="mono text-small muted spacer cut">{subjectOf(call)}</span>
          {change && <LineCounts hunks={change.hunks} />}
          <span className={result?.isError && !result.isDenied ? 'fail' : 'faint'}>
            {endingOf(result, isStreaming)}
          </span>
        </summary>
        {change ? <Diff hunks={change.hunks} /> : <pre>{inputOf(call)}</pre>}
        {result && !change && <pre>{result.output}</pre>}
        {result?.images?.map(({ mediaType, data }, index) => (
          <img
            // oxlint-disable-next-line react/no-array-index-key -- images never move
            key={index}
            className="message-image"
            src={`data:${mediaType};base64,${data}`}
            alt={`Seen by ${call.toolName}`}
          />
        ))}
      </details>
      {isRunning && isPasswordAsked && (
        <p className="tool-expired">Waiting for your password: type it in the terminal.</p>
      )}
      {!result && !isStreaming && isLast && <Expired sessionId={sessionId} />}
    </>
  );
}

/** A question that nobody answered before Carrel ended: the tool has not run. */
function Expired({ sessionId }: { readonly sessionId: SessionId }) {
  const { retry } = useActions();
  return (
    <div className="tool-expired">
      <span className="spacer muted">This question has expired, and nothing was done.</span>
      <Button onClick={() => void retry(sessionId)}>
        <Icon of={RotateCcw} isSmall />
        Ask again
      </Button>
    </div>
  );
}

const planInput = z.object({
  items: z.array(z.object({ text: z.string(), state: z.enum(['pending', 'running', 'done']) })).min(1),
});
type PlanItem = z.infer<typeof planInput>['items'][number];

function planOf({ toolName, input }: ToolCallPart): readonly PlanItem[] | undefined {
  return toolName === 'update_plan' ? planInput.safeParse(input).data?.items : undefined;
}

const PLAN_MARKS = {
  pending: { icon: Circle, words: 'to do' },
  running: { icon: CircleDot, words: 'in work' },
  done: { icon: Check, words: 'done' },
} as const;

function Plan({ items }: { readonly items: readonly PlanItem[] }) {
  return (
    <ol className="plan" aria-label="Plan">
      {items.map(({ text, state }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a plan is given whole
        <li key={index} data-state={state}>
          <Icon of={PLAN_MARKS[state].icon} isSmall />
          <span>{text}</span>
          <span className="visually-hidden">{PLAN_MARKS[state].words}</span>
        </li>
      ))}
    </ol>
  );
}

/** What tells one call from another, in a line. */
function subjectOf({ input }: ToolCallPart): string {
  if (typeof input !== 'object' || input === null) return '';
  const names = ['command', 'path', 'url', 'pattern', 'query', 'question'];
  const subject = names
    .map((name) => (input as Record<string, unknown>)[name])
    .find((value) => typeof value === 'string');
  return typeof subject === 'string' ? (subject.split('\n')[0] ?? '') : '';
}

function inputOf({ input }: ToolCallPart): string {
  return typeof input === 'string' ? input : JSON.stringify(input, undefined, 2);
}

function endingOf(result: ToolResultPart | undefined, isStreaming: boolean): string {
  if (!result) return isStreaming ? 'running' : 'not done';
  if (result.isDenied) return 'denied';
  return result.isError ? 'failed' : 'done';
}
