import { writeIntegrationFiles } from './integration-files.ts';
import { RemotePty } from './process/remote-pty.ts';
import { TerminalProcess } from './process/terminal-process.ts';
import type { OpenPty } from './types.ts';

/**
 * Opens terminals, which live in a process of their own. `integrationFolder` takes the scripts of the shell integration;
 * where it cannot be written, shells start without them.
 */
export function createPtyRoom({
  integrationFolder,
  terminals = new TerminalProcess(),
}: {
  integrationFolder: string;
  terminals?: TerminalProcess;
}): { openPty: OpenPty } {
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
  return { openPty: (options) => new RemotePty(options, { process: terminals, findIntegration }) };
}
