import { KeptOutput } from '../../../../shared/command-output.ts';
import { assertNever } from '../../../../shared/result.ts';
import type { CommandOutcome, NotStarted } from '../../../pty/types.ts';
import type { SandboxedRun } from './run-sandboxed.ts';
import { saveOutput } from './save-output.ts';

/** What a model reads of an output: about 8,000 tokens. */
const MODEL_CHARACTERS = 30_000;

type Description = { readonly text: string; readonly isError: boolean };

type Ended = { readonly exitCode?: number; readonly output: string; readonly durationMs: number };

const NOT_STARTED: Record<NotStarted, string> = {
  'no-integration':
    "the tab's shell does not tell Carrel about its commands. The person can turn that on: shell_integration = true under [terminal] in settings.toml, with bash 4.4 or later, zsh or fish, in a new tab.",
  'no-shell': 'the tab has no shell that runs. The person can start another one in the tab.',
  busy: 'another command runs in the tab. Wait for it, or ask the person to end it; read_terminal shows it.',
  'typed-text':
    'the person has typed something at the prompt that they have not entered yet. Ask them to enter or delete it.',
  'control-characters':
    'it holds control characters, which are keys to a shell. Write it with line feeds, tabs and visible characters only.',
  'no-answer': 'the shell showed no prompt in time. read_terminal shows what it does.',
  'not-accepted':
    'the shell did not take it for one whole command: it has a fault, or an open quote or bracket.',
  stopped: 'the person stopped it first.',
};

/** For the model: how it went with a command in the tab's own shell. */
export function describeInTab(outcome: CommandOutcome, outputFolder: string): Description {
  if (outcome.status === 'not-started') {
    return { text: `The command was not run: ${NOT_STARTED[outcome.reason]}`, isError: true };
  }
  const isError = outcome.status !== 'finished' || outcome.exitCode !== 0;
  return { text: withOutput(wordsOf(outcome), outcome, outputFolder), isError };
}

/** For the model: how it went with a command in the sandbox. */
export function describeInSandbox(run: SandboxedRun, outputFolder: string): Description {
  const words = {
    finished: `${exitOf(run)} (in the sandbox)`,
    interrupted: 'Stopped by the person; all that it had started was ended',
    'timed-out': 'Ended when its time was over, with all that it had started; timeoutSeconds allows more',
  }[run.status];
  return {
    text: withOutput(words, run, outputFolder),
    isError: run.status !== 'finished' || run.exitCode !== 0,
  };
}

function wordsOf(outcome: Exclude<CommandOutcome, { status: 'not-started' }>): string {
  const goesOn = 'It still runs in the tab; read_terminal shows how it goes on';
  switch (outcome.status) {
    case 'finished':
      return exitOf(outcome);
    case 'interrupted':
      return outcome.exitCode === undefined
        ? `The person stopped it, and it did not end for Ctrl-C. ${goesOn}`
        : `The person stopped it: ${exitOf(outcome)}`;
    case 'taken-over':
      return `The person took over and typed into it. ${goesOn}`;
    case 'waiting-for-input':
      return `It waits for input, which only the person can type. ${goesOn}`;
    case 'waiting-for-password':
      return `It asks for a password, which only the person can type, and they have not. ${goesOn}`;
    case 'full-screen':
      return `It is a full-screen program, which only the person can use; its screen is below. ${goesOn}`;
    case 'still-running':
      return `It has not ended in the time that it was given. ${goesOn}`;
    case 'shell-ended':
      return 'The terminal went away while it ran; nobody knows how it ended';
    default:
      return assertNever(outcome.status);
  }
}

function exitOf({ exitCode }: { readonly exitCode?: number }): string {
  return exitCode === undefined ? 'Ended; the exit code is not known' : `Exit code ${exitCode}`;
}

function withOutput(words: string, { output, durationMs }: Ended, outputFolder: string): string {
  const head = `${words}. Duration: ${(durationMs / 1000).toFixed(1)} s.`;
  if (output === '') return `${head} No output.`;
  const kept = new KeptOutput(MODEL_CHARACTERS).push(output);
  const path = kept.cutCharacters > 0 ? saveOutput(outputFolder, output) : undefined;
  return `${head}${path ? ` The output was cut; it lies whole in ${path}.` : ''} Output:\n${kept.text}`;
}
