import { z } from 'zod';
import { budget, queuedMessage, type Budget, type QueuedMessage } from '../../shared/agent.ts';
import { MAIN_WINDOW, windowId, type WindowId } from '../../shared/ids.ts';
import { effort } from '../../shared/models.ts';
import type { ConfigKey } from '../archive/types.ts';
import type { Choices } from './chain.ts';

/** The rows of one session in `session_config`. */
export type ConfigRows = Partial<Record<ConfigKey, string>>;

/** The overrides among the rows. */
export function readChoices(rows: ConfigRows): Choices {
  const modeModels = Object.entries(rows).flatMap(([key, value]) =>
    key.startsWith('model:') && value !== undefined ? [[key.slice('model:'.length), value] as const] : [],
  );
  const storedEffort = effort.safeParse(rows.effort).data;
  return {
    ...(rows.mode !== undefined && { mode: rows.mode }),
    ...(rows.model !== undefined && { model: rows.model }),
    ...(storedEffort !== undefined && { effort: storedEffort }),
    modeModels: Object.fromEntries(modeModels),
  };
}

/** Undefined when the tab chose none of its own; a row that cannot be read counts as none. */
export function readBudget({ budget: row }: ConfigRows): Budget | undefined {
  return readJson(budget, row);
}

export function readQueue({ queue: row }: ConfigRows): readonly QueuedMessage[] {
  return readJson(z.array(queuedMessage), row) ?? [];
}

export function readWindow({ window: row }: ConfigRows): WindowId {
  return windowId.safeParse(row).data ?? MAIN_WINDOW;
}

export function readJson<Schema extends z.ZodType>(schema: Schema, row: string | undefined) {
  try {
    return schema.safeParse(JSON.parse(row ?? '')).data;
  } catch {
    return undefined;
  }
}
