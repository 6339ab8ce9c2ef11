import { createHash } from 'node:crypto';
import type { AssistantModelMessage, ModelMessage, ToolModelMessage, UserModelMessage } from 'ai';
import { textOf, type Message, type MessagePart, type UndoPart } from '../../shared/agent.ts';
import type { ModelReference, ProviderKind } from '../../shared/models.ts';
import { assertNever } from '../../shared/result.ts';

/** The model that is asked, and what it may be told. */
export type Recipient = {
  readonly kind: ProviderKind;
  readonly reference: ModelReference;
  /** The tools that this request declares. A call of any other is told in words: providers refuse calls of undeclared tools. */
  readonly tools?: ReadonlySet<string>;
  /** A model without eyes gets a note in the place of an image. */
  readonly seesImages?: boolean;
};

type AssistantPart = Exclude<AssistantModelMessage['content'], string>[number];
type ToolOutput = Extract<ToolModelMessage['content'][number], { type: 'tool-result' }>['output'];
type UserPart = Exclude<UserModelMessage['content'], string>[number];
type Attached = Extract<MessagePart, { type: 'attachment' }>;
type ToolCall = Extract<MessagePart, { type: 'tool-call' }>;
type ToolResult = Extract<MessagePart, { type: 'tool-result' }>;

/**
 * The history as every provider accepts it: it begins with the user, roles take turns, nothing is empty, and each tool call is
 * followed by its result. Reasoning and whatever else only its maker understands goes back to that model only.
 */
export function toModelMessages(history: readonly Message[], recipient: Recipient): ModelMessage[] {
  const messages: ModelMessage[] = [];
  for (const message of history) {
    const told =
      message.role === 'user' ? userMessage(message, recipient) : answerMessages(message, recipient);
    for (const next of told) {
      const last = messages.at(-1);
      if (last?.role === 'tool' && next.role === 'user' && wantsAnswer(recipient)) messages.push(READ);
      if (last?.role === next.role) join(last, next);
      else if (last || next.role === 'user') messages.push(next);
    }
  }
  return messages.map(plain);
}

const READ: ModelMessage = { role: 'assistant', content: [{ type: 'text', text: 'I have read that.' }] };

/** Models of Mistral refuse a user's message that follows the results of tools at once, wherever they run. */
function wantsAnswer({ kind, reference }: Recipient): boolean {
  return kind === 'mistral' || /(mis|mix|minis|devs|codes|magis|pix)tral/i.test(reference);
}

type Told =
  { role: 'user'; content: UserPart[] } | { role: 'assistant'; content: AssistantPart[] } | ToolModelMessage;

function join(last: ModelMessage, next: Told): void {
  (last.content as unknown[]).push(...next.content);
}

/** A user message that is only text is told as such. */
function plain(message: ModelMessage): ModelMessage {
  if (message.role !== 'user' || typeof message.content === 'string') return message;
  const texts = message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length < message.content.length ? message : { role: 'user', content: texts.join('\n\n') };
}

function userMessage({ parts }: Message, { seesImages = true }: Recipient): Told[] {
  const content = parts.flatMap((part): UserPart[] => {
    if (part.type === 'text' && part.text.trim() !== '') return [{ type: 'text', text: part.text }];
    if (part.type === 'attachment') return [{ type: 'text', text: attachmentInWords(part) }];
    if (part.type === 'undo') return [{ type: 'text', text: undoInWords(part) }];
    if (part.type !== 'image') return [];
    const { mediaType, data } = part;
    if (seesImages) return [{ type: 'file', mediaType, data }];
    return [{ type: 'text', text: `[An image (${mediaType}) was here, which this model cannot see.]` }];
  });
  return content.length > 0 ? [{ role: 'user', content }] : [];
}

function attachmentInWords({ kind, name, text, cwd, exitCode }: Attached): string {
  if (kind !== 'command') return `<${kind} path=${JSON.stringify(name)}>\n${text}\n</${kind}>`;
  const end = exitCode === undefined ? 'it has not told how it ended' : `exit code ${exitCode}`;
  return `<command line=${JSON.stringify(name)} folder=${JSON.stringify(cwd)} outcome="${end}">\n${text}\n</command>`;
}

/** What the model wrote is not on the disk any more, or is again. */
function undoInWords({ isRedo, count, paths, left, leftCount }: UndoPart): string {
  const list = (all: readonly string[], total: number) =>
    [...all, ...(total > all.length ? [`and ${total - all.length} more`] : [])].join('\n');
  const done = isRedo ? 'put back what your turn had changed' : 'undid what your turn had changed';
  const names = left.map(({ path, reason }) => `${path} (${reason})`);
  return (
    [
      `[The person ${done} on the disk. These are as they were ${isRedo ? 'after' : 'before'} it:`,
      list(paths, count),
      ...(leftCount > 0 ? ['These were left as they are:', list(names, leftCount)] : []),
    ].join('\n') + ']'
  );
}

/** The steps of an answer in order, each with the results of its calls. */
function answerMessages(message: Message, recipient: Recipient): Told[] {
  const isTold = textOf(message).trim() !== '' || message.parts.some(({ type }) => type === 'tool-call');
  // Some providers refuse a message that holds nothing but reasoning.
  if (!isTold) return [];
  const results = new Map(
    message.parts.flatMap((part) => (part.type === 'tool-result' ? [[part.toolCallId, part] as const] : [])),
  );
  return stepsOf(message.parts).flatMap((parts): Told[] => {
    const content = parts.flatMap((part) => assistantParts(part, results, message, recipient));
    const calls = parts
      .filter((part) => part.type === 'tool-call')
      .filter((call) => isNative(call, message, recipient));
    const told: Told[] = content.length > 0 ? [{ role: 'assistant', content }] : [];
    const shown = calls.flatMap((call): UserPart[] => {
      const images = takesImages(recipient) ? [] : imagesOf(results.get(call.toolCallId), recipient);
      if (images.length === 0) return [];
      const files = images.map((image) => ({ type: 'file' as const, ...image }));
      return [{ type: 'text', text: `[What ${call.toolName} answered shows this:]` }, ...files];
    });
    if (calls.length > 0) {
      told.push({
        role: 'tool',
        content: calls.map((call) => resultOf(call, results.get(call.toolCallId), recipient)),
      });
    }
    if (shown.length > 0) told.push({ role: 'user', content: shown });
    return told;
  });
}

/** A step ends where the model speaks again after a result. Results are left out: they are found by their call. */
function stepsOf(parts: readonly MessagePart[]): MessagePart[][] {
  const steps: MessagePart[][] = [[]];
  let hasResult = false;
  for (const part of parts) {
    if (part.type === 'tool-result') {
      hasResult = true;
      continue;
    }
    if (hasResult) steps.push([]);
    hasResult = false;
    steps.at(-1)?.push(part);
  }
  return steps;
}

function assistantParts(
  part: MessagePart,
  results: ReadonlyMap<string, ToolResult>,
  message: Message,
  recipient: Recipient,
): AssistantPart[] {
  const providerOptions = ownMetadata(part, message, recipient);
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }];
    case 'reasoning':
      return providerOptions ? [{ type: 'reasoning', text: part.text, providerOptions }] : [];
    case 'tool-call': {
      if (!isNative(part, message, recipient))
        return [{ type: 'text', text: inWords(part, results.get(part.toolCallId)) }];
      const { toolName } = part;
      // What a model wrote and could not be read: every protocol wants an object.
      const input = isObject(part.input) ? part.input : {};
      const toolCallId = callId(part.toolCallId, recipient);
      return [
        { type: 'tool-call', toolCallId, toolName, input, ...(providerOptions && { providerOptions }) },
      ];
    }
    // A result is told with its call; images and attachments come from users only.
    case 'tool-result':
    case 'image':
    case 'attachment':
    // For the person.
    case 'changes':
    case 'undo':
      return [];
    default:
      return assertNever(part);
  }
}

/** What only the provider that made the part understands, where that one is asked again. */
function ownMetadata(part: MessagePart, { model }: Message, { kind, reference }: Recipient) {
  if (!('metadata' in part) || model !== reference || part.metadata?.kind !== kind) return undefined;
  return part.metadata.data as NonNullable<AssistantModelMessage['providerOptions']>;
}

/** Google demands its own signature with each call, so that another model's call can only be told in words. */
function isNative(call: ToolCall, message: Message, recipient: Recipient): boolean {
  const isDeclared = recipient.tools?.has(call.toolName) === true;
  const wantsSignature = recipient.kind === 'google' || recipient.kind === 'vertex';
  return isDeclared && (!wantsSignature || message.model === recipient.reference);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NO_RESULT = 'There is no result: it was broken off before it ended.';

function resultOf(
  call: ToolCall,
  result: ToolResult | undefined,
  recipient: Recipient,
): ToolModelMessage['content'][number] {
  const text = result?.output ?? NO_RESULT;
  const images = takesImages(recipient) ? imagesOf(result, recipient) : [];
  const output: ToolOutput =
    images.length > 0
      ? {
          type: 'content',
          value: [
            { type: 'text', text },
            ...images.map(({ mediaType, data }) => ({
              type: 'file' as const,
              mediaType,
              data: { type: 'data' as const, data },
            })),
          ],
        }
      : { type: result && !result.isError ? 'text' : 'error-text', value: text };
  return {
    type: 'tool-result',
    toolCallId: callId(call.toolCallId, recipient),
    toolName: call.toolName,
    output,
  };
}

/** Protocols that have a place for images in a tool's result; the others are shown them by the user. */
const WITH_IMAGES_IN_RESULTS: ReadonlySet<ProviderKind> = new Set([
  'anthropic',
  'openai',
  'azure',
  'bedrock',
]);

function takesImages({ kind }: Recipient): boolean {
  return WITH_IMAGES_IN_RESULTS.has(kind);
}

function imagesOf(result: ToolResult | undefined, { seesImages = true }: Recipient) {
  return seesImages ? (result?.images ?? []) : [];
}

function inWords({ toolName, input }: ToolCall, result: ToolResult | undefined): string {
  const ending = result?.isError ? 'failed' : 'answered';
  return `[The tool ${toolName} was used with ${JSON.stringify(input)}. It ${ending}:]\n${result?.output ?? NO_RESULT}`;
}

/** Ids as the provider takes them: Mistral wants nine letters or digits, the others at most 64 letters, digits, `_` and `-`. */
function callId(id: string, { kind }: Recipient): string {
  const wanted = kind === 'mistral' ? /^[a-zA-Z0-9]{9}$/ : /^[\w-]{1,64}$/;
  return wanted.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 9);
}
