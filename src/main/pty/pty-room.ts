import { writeIntegrationFiles } from './integration-files.ts';
import { TerminalPty } from './pty.ts';
import type { OpenPty } from './types.ts';

/** `integrationFolder` takes the scripts of the shell integration; where it cannot be written, shells start without them. */
export function createPtyRoom({ integrationFolder }: { integrationFolder: string }): { openPty: OpenPty } {
  let isWritten = false;
  const findIntegration = () => {
    try {
      if (!isWritten) writeIntegrationFiles(integrationFolder);
      isWritten = true;
      return integrationFolder;
    } catch {
      return undefined;
    }
  };
  return { openPty: (options) => new TerminalPty(options, findIntegration) };
}
