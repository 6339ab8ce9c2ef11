import { utilityProcess } from 'electron';
import type { CoreOptions } from '../core.ts';

/** Starts a program in a process of Electron's own, which ends with the app. */
export const forkUtility: NonNullable<CoreOptions['forkProgram']> = (path, { received, exited }) => {
  const child = utilityProcess.fork(path, [], { serviceName: 'Carrel terminals' });
  child.on('message', received);
  child.once('exit', (code) => exited(`exit code ${code}`));
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window's
    post: (message) => child.postMessage(message),
    kill() {
      // It has no other way to be ended by force.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
};
