import { z } from 'zod';
import type { Message } from '../../../shared/agent.ts';
import { runTurn } from '../turn-loop.ts';
import type { AgentBridge, ToolCall, TurnOutcome, TurnRequest } from '../types.ts';
import { messageOf, requestOf } from './ask.ts';

export type Played = {
  readonly outcome: TurnOutcome;
  /** Calls that were made. */
  readonly calls: readonly ToolCall[];
  /** How long the turn waited before it asked again, each time. */
  readonly waitsMs: readonly number[];
  readonly lastSaved: Message | undefined;
};

/** The tool of these turns: `look`, which wants a path. */
export const look = {
  name: 'look',
  description: 'Looks at a file.',
  input: z.object({ path: z.string() }),
};

/** A whole turn on a bridge, whose tool does nothing but write down that it ran; waits before another try take no time. */
export async function playTurn(
  bridge: AgentBridge,
  request: Partial<TurnRequest> = {},
  limits = { steps: 4, retries: 0 },
): Promise<Played> {
  const calls: ToolCall[] = [];
  const waitsMs: number[] = [];
  let lastSaved: Message | undefined;
  const outcome = await runTurn({
    bridge,
    request: requestOf('Hello', request),
    answer: messageOf('assistant', '', { parts: [], status: 'streaming' }),
    tools: {
      tools: [look],
      run: async (call) => {
        calls.push(call);
        const { toolCallId, toolName } = call;
        const isRight = toolName === look.name && look.input.safeParse(call.input).success;
        const output = isRight ? 'Seen.' : 'That is not right.';
        return { type: 'tool-result', toolCallId, toolName, output, isError: !isRight };
      },
    },
    limits,
    effects: {
      costOf: () => undefined,
      emitDelta: () => {},
      isSeen: () => true,
      emitMessage: () => {},
      isSteered: () => false,
      save: (message) => (lastSaved = message),
      waitToRetry: async (_, delayMs) => void waitsMs.push(delayMs),
    },
  });
  return { outcome, calls, waitsMs, lastSaved };
}
