import { z } from 'zod';
import { answered, counted } from './outcome.ts';
import type { Tool } from './types.ts';

const input = z.object({
  items: z
    .array(
      z.object({
        text: z.string().min(1).max(500),
        state: z.enum(['pending', 'running', 'done']),
      }),
    )
    .max(100)
    .describe('The whole plan, in order'),
});

export const updatePlan: Tool<z.infer<typeof input>> = {
  name: 'update_plan',
  description:
    'Shows the person your plan as a checklist. Use it for work of several steps; keep one step running and give the whole plan each time.',
  input,
  risk: 'ask',
  // The window reads the plan from the call itself.
  async prepare({ items }) {
    return {
      status: 'ready',
      action: { type: 'none' },
      async run() {
        const done = items.filter(({ state }) => state === 'done').length;
        return answered(`The person sees the plan: ${done} of ${counted(items.length, 'step')} done.`);
      },
    };
  },
};
