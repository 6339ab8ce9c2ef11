import { z } from 'zod';

const call = z.object({
  function: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
  id: z.string().optional(),
});
const count = z.number().optional();

/** A line of an answer as Ollama's package wants it; it passes over any other without a word. */
export const ollamaLine = z.object({
  model: z.string(),
  created_at: z.string(),
  done: z.boolean(),
  message: z.object({
    role: z.string(),
    content: z.string(),
    thinking: z.string().optional(),
    tool_calls: z.array(call).nullish(),
  }),
  done_reason: z.string().optional(),
  eval_count: count,
  eval_duration: count,
  load_duration: count,
  prompt_eval_count: count,
  prompt_eval_duration: count,
  total_duration: count,
});
