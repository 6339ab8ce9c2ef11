import { Wrench } from 'lucide-react';
import type { MessagePart } from '../../../shared/agent.ts';
import { Icon } from '../../ui/icon.tsx';

type ToolCallPart = Extract<MessagePart, { type: 'tool-call' }>;
export type ToolResultPart = Extract<MessagePart, { type: 'tool-result' }>;

/** A tool that the agent used: its name and how it ended, and what went in and came out when it is opened. */
export function ToolCall({
  call,
  result,
}: {
  readonly call: ToolCallPart;
  readonly result: ToolResultPart | undefined;
}) {
  return (
    <details className="tool-call">
      <summary>
        <Icon of={Wrench} isSmall />
        <span className="mono text-small">{call.toolName}</span>
        <span className={result?.isError ? 'fail' : 'faint'}>{endingOf(result)}</span>
      </summary>
      <pre>{JSON.stringify(call.input, undefined, 2)}</pre>
      {result && <pre>{result.output}</pre>}
    </details>
  );
}

function endingOf(result: ToolResultPart | undefined): string {
  if (!result) return 'no result';
  return result.isError ? 'failed' : 'done';
}
