import { splitReference } from '../shared/models.ts';
import type { StoredUsage } from './archive/types.ts';

const COLUMNS = [
  'ended_at',
  'tab',
  'provider',
  'model',
  'mode',
  'effort',
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_usd',
  'on_this_machine',
  'session_id',
  'turn_id',
  'message_id',
];

/** A row each answer, as RFC 4180 has it; a field is empty where the provider did not say. Times are in UTC. */
export function usageCsv(records: readonly StoredUsage[]): string {
  const rows = records.map(({ usage, ...record }) => {
    const { provider, model } = splitReference(record.model);
    return [
      new Date(record.endedAt).toISOString(),
      record.title,
      provider,
      model,
      record.mode,
      record.effort,
      usage.inputTokens,
      usage.cachedInputTokens,
      usage.cacheWriteTokens,
      usage.outputTokens,
      usage.reasoningTokens,
      usage.cost,
      record.isLocal ? 'yes' : 'no',
      record.sessionId,
      record.turnId,
      record.messageId,
    ].map(field);
  });
  return [COLUMNS, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** Quoted where it must be; a text that a spreadsheet would take for a formula is made a plain one. */
function field(value: string | number | undefined): string {
  const text = String(value ?? '');
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
