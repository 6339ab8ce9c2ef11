import { z } from 'zod';
import { commands, type CommandError, type CommandName, type Handlers } from '../shared/contract.ts';
import { ArchiveWriteError } from './archive/archive-write-error.ts';
import { err, type Result } from '../shared/result.ts';

export type Dispatch<Caller> = (
  name: string,
  input: unknown,
  caller: Caller,
) => Promise<Result<unknown, CommandError>>;

/** The one door for commands: what does not fit the contract is answered with `bad-input` and reaches no handler. */
export function createDispatch<Caller>(handlers: Handlers<Caller>): Dispatch<Caller> {
  return async (name, input, caller) => {
    if (!isCommand(name))
      return err({ code: 'bad-input', message: `There is no command ${name.slice(0, 100)}.` });
    const parsed = commands[name].input.safeParse(input);
    if (!parsed.success)
      return err({ code: 'bad-input', message: `${name}: ${z.prettifyError(parsed.error)}` });
    // The table pairs each name with its own input; TypeScript cannot follow that through a variable name.
    const handle = handlers[name] as (
      input: unknown,
      caller: Caller,
    ) => Promise<Result<unknown, CommandError>>;
    try {
      return await handle(parsed.data, caller);
    } catch (error) {
      if (error instanceof ArchiveWriteError)
        return err({ code: 'archive-write-failed', message: error.message });
      throw error;
    }
  };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
