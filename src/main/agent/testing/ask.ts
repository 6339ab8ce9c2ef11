import type { Message } from '../../../shared/agent.ts';
import { messageId, sessionId, turnId } from '../../../shared/ids.ts';
import { providerKind, type ModelReference, type ProviderKind } from '../../../shared/models.ts';
import { createModels } from '../../models/create-models.ts';
import { modelsOptions, settingsWith } from '../../models/testing/settings-with.ts';
import type { ProviderSettings } from '../../settings/types.ts';
import { createNativeBridge } from '../native-bridge.ts';
import type { AgentBridge, AgentEvent, TurnContext, TurnRequest } from '../types.ts';

export const allKinds = providerKind.options;

export type BridgeOptions = Partial<Omit<ProviderSettings, 'kind'>> & {
  readonly reference?: ModelReference;
  readonly idleTimeoutMs?: number;
};

/** A native bridge on the model `work/one` of a provider of this kind at `baseUrl`. */
export async function bridgeTo(
  kind: ProviderKind,
  baseUrl: string,
  options: BridgeOptions = {},
): Promise<AgentBridge> {
  const { reference = 'work/one', idleTimeoutMs = 10_000, ...provider } = options;
  const settings = settingsWith({ work: { kind, baseUrl, apiKey: 'test-key-0123456789', ...provider } });
  const resolved = await createModels({ ...modelsOptions(), settings: () => settings }).resolve(reference);
  if (!resolved.ok || resolved.value.type !== 'language-model') throw new Error(JSON.stringify(resolved));
  return createNativeBridge({ epoch: 1, resolved: resolved.value, idleTimeoutMs });
}

const context: TurnContext = { cwd: '/home/ada', shell: '/bin/bash', platform: 'linux' };

/** A message of a history, with the text as its only part unless it says otherwise. */
export function messageOf(role: Message['role'], text: string, rest: Partial<Message> = {}): Message {
  return {
    id: messageId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV'),
    sessionId: sessionId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV'),
    turnId: turnId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV'),
    sequence: 1,
    role,
    parts: [{ type: 'text', text }],
    model: 'work/one',
    mode: 'code',
    status: 'complete',
    createdAt: 1,
    ...rest,
  };
}

export function requestOf(question: string, rest: Partial<TurnRequest> = {}): TurnRequest {
  const signal = new AbortController().signal;
  return {
    history: [messageOf('user', question)],
    systemPrompt: 'Be brief.',
    context,
    effort: 'default',
    tools: [],
    signal,
    ...rest,
  };
}

export async function ask(bridge: AgentBridge, request: TurnRequest): Promise<AgentEvent[]> {
  const events: AgentEvent[] = [];
  for await (const event of bridge.runTurn(request)) events.push(event);
  return events;
}

export function textOf(events: readonly AgentEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}
