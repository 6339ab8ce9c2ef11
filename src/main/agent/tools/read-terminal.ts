import { z } from 'zod';
import { KeptOutput } from '../../../shared/command-output.ts';
import type { Pty, TerminalBlock } from '../../pty/types.ts';
import { answered } from './outcome.ts';
import type { Tool } from './types.ts';

/** What a model reads at a time: about 8,000 tokens. */
const MODEL_CHARACTERS = 30_000;

const inputSchema = z.strictObject({
  lines: z.number().int().min(1).max(1000).optional().describe('So many of the last lines; 100 without it.'),
  commands: z
    .number()
    .int()
    .min(1)
    .max(20)
    .optional()
    .describe('In place of lines: so many of the last commands, each with its folder, exit code and output.'),
});
export type ReadTerminalInput = z.infer<typeof inputSchema>;

/** The tool that reads the tab's terminal, as text. */
export const readTerminal = {
  forTab: (pty: Pick<Pty, 'read'>): Tool<ReadTerminalInput> => ({
    name: 'read_terminal',
    description:
      "Reads the tab's terminal: the last lines on it, or the last commands with their output. Use it to see what the person sees, or how a command goes on.",
    input: inputSchema,
    risk: 'read',
    async prepare({ lines = 100, commands }) {
      return {
        status: 'ready',
        action: { type: 'none' },
        async run() {
          const { text, isFullScreen, blocks } = await pty.read({ lines, blocks: commands ?? 0 });
          if (commands === undefined) {
            const words = isFullScreen ? `[A full-screen program runs; this is its screen.]\n${text}` : text;
            return answered(cut(words, MODEL_CHARACTERS) || 'The terminal is empty.');
          }
          const share = Math.floor(MODEL_CHARACTERS / Math.max(1, blocks.length));
          const words = blocks.map((block) => describe(block, share)).join('\n\n');
          return answered(words || 'The shell has told of no command yet.');
        },
      };
    },
  }),
};

function describe(
  { commandLine, cwd, isRunning, exitCode, output }: TerminalBlock,
  characters: number,
): string {
  const ending = isRunning ? 'still runs' : `exit code ${exitCode ?? 'not known'}`;
  return `$ ${commandLine || '(not told)'}\n[${ending}, in ${cwd}]\n${cut(output, characters)}`.trimEnd();
}

function cut(text: string, characters: number): string {
  return new KeptOutput(characters).push(text).text;
}
