import {
  streamText,
  tool,
  type FinishReason,
  type LanguageModelUsage,
  type ProviderMetadata,
  type TextStreamPart,
  type ToolSet,
} from 'ai';
import { ulid } from 'ulid';
import type { AgentError, Usage } from '../../shared/agent.ts';
import type { ModelFacts } from '../../shared/models.ts';
import { toModelMessages } from './model-messages.ts';
import { cacheHint, withCacheHints } from './prompt-cache.ts';
import { toAgentError, type LanguageModelOf } from './provider-errors.ts';
import type { AgentBridge, AgentEvent, ToolCall, TurnRequest } from './types.ts';

// The package would print warnings of its own about what a model does not support.
globalThis.AI_SDK_LOG_WARNINGS = false;

export type NativeBridgeOptions = {
  readonly epoch: number;
  readonly resolved: LanguageModelOf;
  readonly abilities?: ModelFacts['abilities'];
  /** A stream that brings no text for this long fails; keep-alives and pings are no text. */
  readonly idleTimeoutMs: number;
};

/** The agent that runs inside of Carrel, on any provider's model. */
export function createNativeBridge(options: NativeBridgeOptions): AgentBridge {
  const { epoch, resolved } = options;
  const disposal = new AbortController();
  return {
    epoch,
    model: resolved.reference,
    runTurn: (request) => {
      const signal = AbortSignal.any([request.signal, disposal.signal]);
      return runTurn({ ...request, signal }, options);
    },
    [Symbol.asyncDispose]: async () => disposal.abort(),
  };
}

async function* runTurn(
  request: TurnRequest,
  options: NativeBridgeOptions,
): AsyncGenerator<AgentEvent, void, undefined> {
  const { resolved, idleTimeoutMs } = options;
  const stop = new AbortController();
  let hasTimedOut = false;
  const idle = setTimeout(() => {
    hasTimedOut = true;
    stop.abort();
  }, idleTimeoutMs);
  try {
    for await (const event of answerEvents(request, options, stop.signal)) {
      if (request.signal.aborted || hasTimedOut) break;
      if (event.type !== 'reasoning-metadata') idle.refresh();
      yield event;
    }
  } finally {
    clearTimeout(idle);
    stop.abort();
  }
  if (hasTimedOut && !request.signal.aborted)
    yield { type: 'failed', error: timedOut(resolved, idleTimeoutMs) };
}

/** Ends after `finished` or `failed`, and without either when it was stopped. */
async function* answerEvents(
  request: TurnRequest,
  { resolved, abilities = {} }: NativeBridgeOptions,
  stop: AbortSignal,
): AsyncGenerator<AgentEvent, void, undefined> {
  const { tools } = request;
  const hint = cacheHint(resolved);
  const messages = toModelMessages(request.history, {
    ...resolved,
    tools: new Set(tools.map(({ name }) => name)),
    seesImages: abilities.images !== false,
  });
  const { stream } = streamText({
    model: resolved.model,
    instructions: { role: 'system', content: request.systemPrompt, ...(hint && { providerOptions: hint }) },
    messages: withCacheHints(messages, hint),
    ...(tools.length > 0 && { tools: declared(tools) }),
    // Where it is not known to reason the person's own choice counts, and the provider says whether it can.
    ...(request.effort !== 'default' && abilities.reasoning !== false && { reasoning: request.effort }),
    maxRetries: 0,
    abortSignal: AbortSignal.any([request.signal, stop]),
    // Errors come with the stream; without this the package would print them too.
    onError: () => {},
  });
  const reasoning: ReasoningMetadata = new Map();
  const freshId = createFreshIds(request.history);
  const brought = { hasText: false, hasCalls: false, mayBeSilent: endsWithResults(request.history) };
  try {
    for await (const part of stream) {
      if (part.type === 'abort') return;
      const event = toEvent(part, resolved, reasoning, brought);
      if (!event) continue;
      brought.hasText ||= event.type === 'text-delta';
      brought.hasCalls ||= event.type === 'tool-call';
      yield event.type === 'tool-call' ? { ...event, call: freshId(event.call) } : event;
      if (event.type === 'failed' || event.type === 'finished') return;
    }
    yield { type: 'failed', error: streamCut(resolved) };
  } catch (error) {
    yield { type: 'failed', error: toAgentError(error, resolved) };
  }
}

/** Without a way to run them: the turn loop makes the calls. */
function declared(tools: TurnRequest['tools']): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, input }) => [name, tool({ description, inputSchema: input })]),
  );
}

function toCall(
  { toolCallId, toolName, input, providerMetadata }: Extract<TextStreamPart<ToolSet>, { type: 'tool-call' }>,
  { kind }: LanguageModelOf,
): ToolCall {
  const metadata = providerMetadata && { metadata: { kind, data: providerMetadata } };
  return { type: 'tool-call', toolCallId, toolName, input, ...metadata };
}

/** What came with each reasoning part so far, by the part's id: a signature comes in pieces, the last of them at the end. */
type ReasoningMetadata = Map<string, ProviderMetadata>;

function toEvent(
  part: TextStreamPart<ToolSet>,
  resolved: LanguageModelOf,
  reasoning: ReasoningMetadata,
  brought: Brought,
): AgentEvent | undefined {
  if (part.type === 'text-delta')
    return part.text === '' ? undefined : { type: 'text-delta', text: part.text };
  if (part.type === 'error') return { type: 'failed', error: toAgentError(part.error, resolved) };
  if (part.type === 'finish') {
    const error = failureOfFinish(part.finishReason, brought, resolved);
    return error ? { type: 'failed', error } : { type: 'finished', usage: toUsage(part.totalUsage) };
  }
  if (part.type === 'tool-input-delta')
    return part.delta === '' ? undefined : { type: 'tool-input', characters: part.delta.length };
  if (part.type === 'tool-call') return { type: 'tool-call', call: toCall(part, resolved) };
  const isReasoning =
    part.type === 'reasoning-start' || part.type === 'reasoning-delta' || part.type === 'reasoning-end';
  if (!isReasoning) return undefined;
  const data = { ...reasoning.get(part.id), ...part.providerMetadata };
  reasoning.set(part.id, data);
  if (part.type === 'reasoning-delta' && part.text !== '')
    return { type: 'reasoning-delta', text: part.text };
  const isTold = part.type === 'reasoning-end' && Object.keys(data).length > 0;
  return isTold ? { type: 'reasoning-metadata', kind: resolved.kind, data } : undefined;
}

/** What has come of an answer. */
type Brought = {
  hasText: boolean;
  hasCalls: boolean;
  /** After the results of tools nothing more need be said. */
  readonly mayBeSilent: boolean;
};

/** A stream may end in good order and yet bring no answer, or not the whole of it. */
function failureOfFinish(
  reason: FinishReason,
  { hasText, hasCalls, mayBeSilent }: Brought,
  resolved: LanguageModelOf,
): AgentError | undefined {
  const { providerName } = resolved;
  if (reason === 'interrupted') return streamCut(resolved);
  if (reason === 'error') {
    const message = `${providerName} stopped with an error and did not say which. Try again.`;
    return { code: 'provider-failed', message };
  }
  const hasAnswer = hasText || hasCalls;
  // A call may be cut just where what there is of it can be read.
  const undone = hasCalls ? ' The tools that it asked for were not used.' : '';
  if (reason === 'content-filter') {
    const what = hasAnswer ? 'broke the answer off' : 'held the answer back';
    const message = `${providerName} ${what}: its content filter took offence.${undone} Say it otherwise, or choose another model.`;
    return { code: hasAnswer ? 'answer-cut' : 'request-refused', message };
  }
  if (reason === 'length') {
    const where = hasAnswer ? '' : ' before the first word';
    const then = hasText && !hasCalls ? 'Say "go on" for the rest.' : 'Try again, or ask for less at a time.';
    const message = `${providerName} reached the limit of its answer's length${where}.${undone} ${then}`;
    return { code: 'answer-cut', message };
  }
  if (hasAnswer || mayBeSilent) return undefined;
  const message = `${providerName} ended its answer without a word. Try again, or choose another model.`;
  return { code: 'provider-failed', message };
}

function endsWithResults(history: TurnRequest['history']): boolean {
  return history.at(-1)?.parts.some(({ type }) => type === 'tool-result') === true;
}

/** Some servers count calls anew in each answer, or give two of them one id, or none: results would go astray. */
function createFreshIds(history: TurnRequest['history']): (call: ToolCall) => ToolCall {
  const taken = new Set(
    history.flatMap(({ parts }) => parts.map((part) => (part.type === 'tool-call' ? part.toolCallId : ''))),
  ).add('');
  return (call) => {
    const toolCallId = taken.has(call.toolCallId) ? `call_${ulid()}` : call.toolCallId;
    taken.add(toolCallId);
    return { ...call, toolCallId };
  };
}

function streamCut({ providerName }: LanguageModelOf): AgentError {
  return { code: 'stream-cut', message: `${providerName} broke off before the answer was whole. Try again.` };
}

function timedOut({ providerName }: LanguageModelOf, idleTimeoutMs: number): AgentError {
  return {
    code: 'timed-out',
    message:
      `${providerName} sent nothing for ${idleTimeoutMs / 1000} s. Try again, ` +
      'or raise idle_timeout_seconds in [agent] in settings.toml for a slow model.',
  };
}

function toUsage({
  inputTokens,
  outputTokens,
  inputTokenDetails,
  outputTokenDetails,
}: LanguageModelUsage): Usage {
  const counts = {
    inputTokens,
    outputTokens,
    cachedInputTokens: inputTokenDetails.cacheReadTokens,
    cacheWriteTokens: inputTokenDetails.cacheWriteTokens,
    reasoningTokens: outputTokenDetails.reasoningTokens,
  };
  // A zero stands for "did not say" too often to be shown as a count.
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count));
}
