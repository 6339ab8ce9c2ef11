import { z } from 'zod';
import { KeptOutput } from '../../../shared/command-output.ts';
import type { Pty, TerminalBlock } from '../../pty/types.ts';

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
  name: 'read_terminal',
  description:
    "Reads the tab's terminal: the last lines on it, or the last commands with their output. Use it to see what the person sees, or how a command goes on.",
  inputSchema,
  async run(
    { lines = 100, commands }: ReadTerminalInput,
    { pty }: { readonly pty: Pick<Pty, 'read'> },
  ): Promise<{ readonly status: 'done'; readonly text: string; readonly isError: boolean }> {
    const { text, isFullScreen, blocks } = await pty.read({ lines, blocks: commands ?? 0 });
    const share = Math.floor(MODEL_CHARACTERS / Math.max(1, blocks.length));
    const words =
      commands === undefined
        ? cut(
            isFullScreen ? `[A full-screen program runs; this is its screen.]\n${text}` : text,
            MODEL_CHARACTERS,
          )
        : blocks.map((block) => describe(block, share)).join('\n\n');
    const empty = commands === undefined ? 'The terminal is empty.' : 'The shell has told of no command yet.';
    return { status: 'done', text: words || empty, isError: false };
  },
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
