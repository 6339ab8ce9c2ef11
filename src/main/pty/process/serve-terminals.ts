import { assertNever } from '../../../shared/result.ts';
import { TerminalPty } from '../pty.ts';
import type { PtyAttachment, PtyListener, PtySink } from '../types.ts';
import { SlowPatternError } from '../within-time.ts';
import type { FromTerminals, OpenOptions, Told, ToTerminals } from './messages.ts';

type Served = {
  readonly pty: TerminalPty;
  readonly attachments: Map<number, PtyAttachment>;
  /** Of the commands that Carrel runs. */
  readonly stops: Map<number, AbortController>;
  readonly searches: Map<number, AbortController>;
};

/** The terminals of this process, as the other side asks for them. */
export type ServedTerminals = AsyncDisposable & { receive(message: ToTerminals): void };

export function serveTerminals(post: (message: FromTerminals) => void): ServedTerminals {
  const terminals = new Map<number, Served>();

  function receive(message: ToTerminals): void {
    const { id } = message;
    if (message.type === 'open') {
      terminals.set(id, {
        pty: openPty(id, message.options, post),
        attachments: new Map(),
        stops: new Map(),
        searches: new Map(),
      });
      return;
    }
    const served = terminals.get(id);
    if (!served) return;
    if (message.type === 'close') {
      terminals.delete(id);
      for (const search of served.searches.values()) search.abort();
      void served.pty[Symbol.asyncDispose]().finally(() => post({ type: 'closed', id }));
      return;
    }
    serve(served, message, post);
  }

  return {
    receive,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...terminals.values()].map(({ pty }) => pty[Symbol.asyncDispose]()));
    },
  };
}

function serve(
  served: Served,
  message: Exclude<ToTerminals, { type: 'open' | 'close' }>,
  post: (message: FromTerminals) => void,
): void {
  const { pty, attachments, stops, searches } = served;
  const { id } = message;
  switch (message.type) {
    case 'start':
      return pty.start(message.size);
    case 'restart':
      return pty.restart();
    case 'clear':
      return pty.clear();
    case 'write':
      return pty.write(message.data);
    case 'run':
      void runCommand(served, message, post);
      return;
    case 'stop':
      return stops.get(message.command)?.abort();
    case 'read':
      void pty.read(message.options).then((text) => post({ type: 'was-read', id, text }));
      return;
    case 'resize':
      return pty.resize(message.size);
    case 'attach': {
      const { attachment } = message;
      const sink: PtySink = (kind, bytes) => post({ type: 'output', id, attachment, kind, bytes });
      attachments.set(attachment, pty.attach(sink));
      return;
    }
    case 'acknowledge':
      return attachments.get(message.attachment)?.acknowledge(message.bytes, message.drawnInMs);
    case 'suspend':
      return attachments.get(message.attachment)?.suspend();
    case 'resume':
      return attachments.get(message.attachment)?.resume();
    case 'send-all-lines':
      return attachments.get(message.attachment)?.sendAllLines();
    case 'detach':
      attachments.get(message.attachment)?.[Symbol.dispose]();
      attachments.delete(message.attachment);
      return;
    case 'serialize':
      void pty.serializeIfChanged().then((text) => post({ type: 'serialized', id, text }));
      return;
    case 'search':
      void search(pty, message, searches, post);
      return;
    case 'stop-search':
      return searches.get(message.search)?.abort();
    default:
      return assertNever(message);
  }
}

async function runCommand(
  { pty, stops }: Served,
  { id, command, commandLine, options }: Extract<ToTerminals, { type: 'run' }>,
  post: (message: FromTerminals) => void,
): Promise<void> {
  const stop = new AbortController();
  stops.set(command, stop);
  const onPasswordAsked = (isAsked: boolean) => post({ type: 'password-asked', id, command, isAsked });
  const outcome = await pty.runCommand(commandLine, { ...options, signal: stop.signal, onPasswordAsked });
  stops.delete(command);
  post({ type: 'ran', id, command, outcome });
}

async function search(
  pty: TerminalPty,
  { id, search, query, limit }: Extract<ToTerminals, { type: 'search' }>,
  searches: Map<number, AbortController>,
  post: (message: FromTerminals) => void,
): Promise<void> {
  const stopping = new AbortController();
  searches.set(search, stopping);
  let isTooSlow = false;
  try {
    const options = { limit, signal: stopping.signal };
    for await (const hits of pty.search(query, options)) post({ type: 'found', id, search, hits });
  } catch (error) {
    if (!(error instanceof SlowPatternError)) throw error;
    isTooSlow = true;
  } finally {
    searches.delete(search);
    post({ type: 'searched', id, search, isTooSlow });
  }
}

function openPty(id: number, options: OpenOptions, post: (message: FromTerminals) => void): TerminalPty {
  const { integrationFolder, restored, size, ...rest } = options;
  const tell =
    <Name extends keyof PtyListener>(name: Name) =>
    (value: Parameters<PtyListener[Name]>[0]) =>
      post({ type: 'told', id, told: { name, value } as Told, session: pty.session });
  const listener: PtyListener = {
    stateChanged: tell('stateChanged'),
    cwdChanged: tell('cwdChanged'),
    commandFinished: tell('commandFinished'),
    programChanged: tell('programChanged'),
  };
  const pty: TerminalPty = new TerminalPty(
    {
      ...rest,
      useShellIntegration: integrationFolder !== undefined,
      readRestored: () => restored,
      listener,
    },
    () => integrationFolder,
  );
  pty.resize(size);
  return pty;
}
