import { z } from 'zod';
import { answered, failed } from './outcome.ts';
import type { Tool } from './types.ts';

const input = z.object({
  question: z.string().min(1).max(4000),
  choices: z.array(z.string().min(1).max(500)).max(10).optional().describe('Answers to choose from'),
});

export const askUser: Tool<z.infer<typeof input>> = {
  name: 'ask_user',
  description:
    'Asks the person something that you cannot find out yourself and that decides how to go on. They may also answer in their own words.',
  input,
  risk: 'ask',
  async prepare({ question, choices }, { askPerson }) {
    return {
      status: 'ready',
      action: { type: 'none' },
      async run() {
        const answer = await askPerson({ question, ...(choices && { choices }) });
        return answer === undefined ? failed('The person did not answer.') : answered(answer);
      },
    };
  },
};
