import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { budget, message, usage, type Message } from '../../shared/agent.ts';
import { ledgerEntry, type LedgerEntry } from '../../shared/approval.ts';
import { messageId, paneId, sessionId, turnId, type PaneId, type SessionId } from '../../shared/ids.ts';
import { effort, modelReference, splitReference } from '../../shared/models.ts';
import { tabColour } from '../../shared/profiles.ts';
import { finishedCommand, type FinishedCommand } from '../../shared/session.ts';
import { usageSums } from '../../shared/usage.ts';
import type {
  MessageText,
  StoredApproval,
  StoredCommand,
  StoredPane,
  StoredScrollback,
  StoredSession,
  StoredUsage,
  UsageGroup,
  UsageRecord,
} from './types.ts';

/** A row as SQLite takes and gives it. */
export type Row = Readonly<Record<string, string | number | null>>;

const flag = z.literal([0, 1]).transform((isSet) => isSet === 1);

const storedSession = z.object({
  id: sessionId,
  title: z.string(),
  position: z.int(),
  cwd: z.string(),
  shell: z.string(),
  defaults: z.object({
    model: modelReference.exactOptional(),
    mode: z.string(),
    modeModels: z.record(z.string(), modelReference),
    effort: effort.exactOptional(),
    budget: budget.exactOptional(),
    profileModel: modelReference.exactOptional(),
    profileMode: z.string().exactOptional(),
  }),
  profile: z.string(),
  // One that this version does not know costs no tab.
  colour: tabColour.or(z.literal('')).catch(''),
  isPinned: flag,
  draft: z.string(),
  isUnread: flag,
  openedAt: z.number(),
  usedAt: z.number(),
  closedAt: z.number().exactOptional(),
});

/** Columns of `session` but its id: what `updateSession` may write, and `closed_at`. */
export function sessionToRow(session: Partial<StoredSession>) {
  return {
    title: session.title ?? null,
    position: session.position ?? null,
    cwd: session.cwd ?? null,
    shell: session.shell ?? null,
    defaults: session.defaults ? JSON.stringify(session.defaults) : null,
    profile: session.profile ?? null,
    colour: session.colour ?? null,
    pinned: session.isPinned === undefined ? null : Number(session.isPinned),
    draft: session.draft ?? null,
    unread: session.isUnread === undefined ? null : Number(session.isUnread),
    opened_at: session.openedAt ?? null,
    used_at: session.usedAt ?? null,
    closed_at: session.closedAt ?? null,
  } satisfies Row;
}

/** Throws an error that names the column when the row is damaged. */
export function sessionFromRow(row: Row): StoredSession {
  const parsed = storedSession.safeParse({
    id: row['id'],
    title: row['title'],
    position: row['position'],
    cwd: row['cwd'],
    shell: row['shell'],
    defaults: parseJson(row['defaults']),
    profile: row['profile'],
    colour: row['colour'],
    isPinned: row['pinned'],
    draft: row['draft'],
    isUnread: row['unread'],
    openedAt: row['opened_at'],
    usedAt: row['used_at'],
    ...(row['closed_at'] !== null && { closedAt: row['closed_at'] }),
  });
  if (parsed.success) return parsed.data;
  const columns = parsed.error.issues.map((issue) => String(issue.path[0]));
  throw new Error(`damaged: ${[...new Set(columns)].join(', ')}`);
}

const MESSAGE_CONTENT = [
  'id',
  'session_id',
  'sequence',
  'turn_id',
  'role',
  'parts',
  'provider',
  'model',
  'mode',
  'status',
  'error',
  'usage',
  'created_at',
  'ended_at',
] as const;
export const MESSAGE_COLUMNS = [...MESSAGE_CONTENT, 'effort', 'checksum'] as const;

export function messageToRow(message: Message): Row {
  const { provider, model } = splitReference(message.model);
  const content = {
    id: message.id,
    session_id: message.sessionId,
    sequence: message.sequence,
    turn_id: message.turnId,
    role: message.role,
    parts: JSON.stringify(message.parts),
    provider,
    model,
    mode: message.mode,
    status: message.status,
    error: message.error ? JSON.stringify(message.error) : null,
    usage: message.usage ? JSON.stringify(message.usage) : null,
    created_at: message.createdAt,
    ended_at: message.endedAt ?? null,
    effort: message.effort ?? null,
  };
  return { ...content, checksum: checksumOf(content) };
}

/** Undefined when the row is damaged. */
export function messageFromRow(row: Row): Message | undefined {
  if (checksumOf(row) !== row['checksum']) return undefined;
  return message.safeParse({
    id: row['id'],
    sessionId: row['session_id'],
    sequence: row['sequence'],
    turnId: row['turn_id'],
    role: row['role'],
    parts: parseJson(row['parts']),
    model: `${row['provider']}/${row['model']}`,
    mode: row['mode'],
    ...(row['effort'] !== null && { effort: row['effort'] }),
    status: row['status'],
    ...(row['error'] !== null && { error: parseJson(row['error']) }),
    ...(row['usage'] !== null && { usage: parseJson(row['usage']) }),
    createdAt: row['created_at'],
    ...(row['ended_at'] !== null && { endedAt: row['ended_at'] }),
  }).data;
}

const sessionName = {
  title: z.string(),
  shell: z.string(),
  profile: z.string(),
  sessionFolder: z.string(),
  isClosed: z.boolean(),
};
const nameFromRow = (row: Row) => ({
  title: row['title'],
  shell: row['shell'],
  profile: row['profile'],
  sessionFolder: row['session_folder'],
  isClosed: row['is_closed'] === 1,
});

const messageText = message
  .pick({ id: true, sessionId: true, role: true, model: true, createdAt: true })
  .extend({ number: z.int(), text: z.string(), ...sessionName });

/** Undefined when the row is damaged, or has no text. */
export function messageTextFromRow(row: Row): MessageText | undefined {
  return messageText.safeParse({
    number: row['number'],
    id: row['id'],
    sessionId: row['session_id'],
    role: row['role'],
    model: `${row['provider']}/${row['model']}`,
    createdAt: row['created_at'],
    text: row['text'],
    ...nameFromRow(row),
  }).data;
}

/** Finds damage, not tampering. */
function checksumOf(row: Row): number {
  const values = MESSAGE_CONTENT.map((column) => row[column]);
  // Rows from before messages had an effort were summed without it.
  return crc32(JSON.stringify(row['effort'] === null ? values : [...values, row['effort']]));
}

export function commandToRow(id: SessionId, command: FinishedCommand, pane?: PaneId): Row {
  return {
    session_id: id,
    command_line: command.commandLine,
    cwd: command.cwd,
    exit_code: command.exitCode ?? null,
    duration_ms: command.durationMs,
    ended_at: command.endedAt,
    pane_id: pane ?? '',
  };
}

/** Undefined when the row is damaged. */
export function commandFromRow(row: Row): FinishedCommand | undefined {
  return finishedCommand.safeParse({
    commandLine: row['command_line'],
    cwd: row['cwd'],
    ...(row['exit_code'] !== null && { exitCode: row['exit_code'] }),
    durationMs: row['duration_ms'],
    endedAt: row['ended_at'],
  }).data;
}

const storedCommand = finishedCommand.extend({ number: z.int(), sessionId, paneId, ...sessionName });

/** Undefined when the row is damaged. */
export function storedCommandFromRow(row: Row): StoredCommand | undefined {
  return storedCommand.safeParse({
    ...commandFromRow(row),
    number: row['number'],
    sessionId: row['session_id'],
    // The first pane's id is its session's.
    paneId: row['pane_id'] || row['session_id'],
    ...nameFromRow(row),
  }).data;
}

const storedScrollback = z.object({ text: z.string(), savedAt: z.number() });

export function approvalToRow(approval: StoredApproval): Row {
  const { provider, model } = splitReference(approval.model);
  return {
    id: approval.id,
    session_id: approval.sessionId,
    turn_id: approval.turnId,
    tool_call_id: approval.toolCallId,
    tool: approval.toolName,
    action: JSON.stringify(approval.action),
    provider,
    model,
    mode: approval.mode,
    status: approval.status,
    decided_by: approval.decidedBy ?? null,
    rule: approval.rule ?? null,
    scope: approval.scope ?? null,
    exit_code: approval.exitCode ?? null,
    asked_at: approval.askedAt,
    decided_at: approval.decidedAt ?? null,
    ended_at: approval.endedAt ?? null,
    failed: approval.hasFailed === undefined ? null : Number(approval.hasFailed),
  };
}

/** Undefined when the row is damaged. */
export function approvalFromRow(row: Row): LedgerEntry | undefined {
  const optional = {
    decidedBy: row['decided_by'],
    rule: row['rule'],
    scope: row['scope'],
    exitCode: row['exit_code'],
    decidedAt: row['decided_at'],
    endedAt: row['ended_at'],
    hasFailed: row['failed'] === null ? null : row['failed'] === 1,
  };
  return ledgerEntry.safeParse({
    id: row['id'],
    sessionId: row['session_id'],
    title: row['title'],
    toolName: row['tool'],
    action: parseJson(row['action']),
    model: `${row['provider']}/${row['model']}`,
    mode: row['mode'],
    status: row['status'],
    askedAt: row['asked_at'],
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
  }).data;
}

const storedPane = z.object({ id: paneId, cwd: z.string() });

/** Undefined when the row is damaged. */
export function paneFromRow(row: Row): StoredPane | undefined {
  return storedPane.safeParse(row).data;
}

export function scrollbackFromRow(row: Row): StoredScrollback | undefined {
  return storedScrollback.safeParse({ text: row['text'], savedAt: row['saved_at'] }).data;
}

export function usageToRow(record: UsageRecord): Row {
  const { provider, model } = splitReference(record.model);
  const { usage } = record;
  return {
    message_id: record.messageId,
    session_id: record.sessionId,
    turn_id: record.turnId,
    provider,
    model,
    mode: record.mode,
    effort: record.effort ?? null,
    input_tokens: usage.inputTokens ?? null,
    output_tokens: usage.outputTokens ?? null,
    cached_input_tokens: usage.cachedInputTokens ?? null,
    cache_write_tokens: usage.cacheWriteTokens ?? null,
    reasoning_tokens: usage.reasoningTokens ?? null,
    cost: usage.cost ?? null,
    is_local: Number(record.isLocal),
    ended_at: record.endedAt,
  };
}

const storedUsage = z.object({
  messageId,
  sessionId,
  turnId,
  model: modelReference,
  mode: z.string(),
  effort: effort.exactOptional(),
  usage,
  isLocal: z.boolean(),
  endedAt: z.number(),
  title: z.string(),
  isClosed: z.boolean(),
});

/** Undefined when the row is damaged. */
export function usageFromRow(row: Row): StoredUsage | undefined {
  return storedUsage.safeParse({
    messageId: row['message_id'],
    sessionId: row['session_id'],
    turnId: row['turn_id'],
    model: `${row['provider']}/${row['model']}`,
    mode: row['mode'],
    ...(row['effort'] !== null && { effort: row['effort'] }),
    usage: withoutNulls({
      inputTokens: row['input_tokens'],
      outputTokens: row['output_tokens'],
      cachedInputTokens: row['cached_input_tokens'],
      cacheWriteTokens: row['cache_write_tokens'],
      reasoningTokens: row['reasoning_tokens'],
      cost: row['cost'],
    }),
    isLocal: row['is_local'] === 1,
    endedAt: row['ended_at'],
    title: row['title'],
    isClosed: row['is_closed'] === 1,
  }).data;
}

const usageGroup = z.object({
  ...usageSums.shape,
  ...storedUsage.pick({ sessionId: true, title: true, isClosed: true, model: true, isLocal: true }).shape,
});

/** Undefined when a row of the group is damaged. */
export function usageGroupFromRow(row: Row): UsageGroup | undefined {
  return usageGroup.safeParse({
    sessionId: row['session_id'],
    title: row['title'],
    isClosed: row['is_closed'] === 1,
    model: `${row['provider']}/${row['model']}`,
    isLocal: row['is_local'] === 1,
    turns: row['turns'],
    inputTokens: row['input_tokens'],
    cachedInputTokens: row['cached_input_tokens'],
    outputTokens: row['output_tokens'],
    cost: row['cost'],
    unpriced: row['unpriced'],
  }).data;
}

function withoutNulls(record: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

function parseJson(text: Row[string] | undefined): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
