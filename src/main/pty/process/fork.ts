import { fork } from 'node:child_process';

/** A running program and the line to it. Messages arrive whole and in order; the program sees them the same way. */
export type ForkedProgram = {
  post(message: unknown): void;
  /** Ends it at once. */
  kill(): void;
};

export type ForkListener = {
  readonly received: (message: unknown) => void;
  /** Called once; `reason` says how, for a person. */
  readonly exited: (reason: string) => void;
};

/** Starts the program at `path`, which talks over `process.parentPort` or Node's own channel. */
export type ForkProgram = (path: string, listener: ForkListener) => ForkedProgram;

/** As a child of Node. Bytes are copied, never turned into text. */
export const forkNode: ForkProgram = (path, { received, exited }) => {
  const child = fork(path, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const end = Promise.withResolvers<string>();
  void end.promise.then(exited);
  child.on('message', received);
  // Where it cannot be started there is no `exit`.
  child.on('error', (error) => end.resolve(error.message));
  child.on('exit', (code, signal) => end.resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  return {
    post: (message) => {
      // A channel that broke is told by the exit.
      if (child.connected) child.send(message as object, () => {});
    },
    kill: () => child.kill('SIGKILL'),
  };
};
