import type { TerminalSettings } from '../../../shared/app.ts';
import type { CommandName, Input } from '../../../shared/contract.ts';
import type { SessionId } from '../../../shared/ids.ts';
import type { Client } from '../../client/client.ts';
import { type FollowedBlocks, followBlocks } from './blocks/follow-blocks.ts';
import { linkFiles } from './file-links.ts';
import type { LinkEffects } from './links.ts';
import { listenForPastes, type PasteQuestion } from './paste-input.ts';
import { createScreen, type Screen, type ScreenHost } from './screen.ts';
import { createTerminalOutput, isAnswer } from './terminal-output.ts';

/** The contract's limit on columns and rows. */
const MAX_CELLS = 1_000;

export type LiveTerminal = Screen & {
  readonly blocks: FollowedBlocks;
  /** Starts the shell if need be and draws it from a snapshot on; once for each connection to the core. */
  attach(): void;
  /** Starts a new shell after the old one ended. */
  restart(): void;
};

/** A terminal in `host`, joined to a session's shell until it is disposed. */
export function createLiveTerminal({
  client,
  sessionId,
  onPasteQuestion,
  ...look
}: {
  client: Client;
  sessionId: SessionId;
  host: ScreenHost;
  settings: TerminalSettings;
  links: LinkEffects;
  onPasteQuestion: (question: PasteQuestion) => void;
}): LiveTerminal {
  const resources = new DisposableStack();
  const screen = resources.use(createScreen(look));
  const { terminal } = screen;
  let { settings } = look;
  resources.use(
    listenForPastes({
      host: look.host,
      terminal,
      asksAbout: () => settings.pasteAsksAbout,
      pathForFile: client.pathForFile,
      onQuestion: onPasteQuestion,
    }),
  );

  /** A lost connection is said by the window; the terminal is attached anew when it is back. */
  function tell<Name extends CommandName>(name: Name, input: Input<Name>): void {
    client.call(name, input).catch(() => undefined);
  }

  function size(): { columns: number; rows: number } {
    return { columns: Math.min(terminal.cols, MAX_CELLS), rows: Math.min(terminal.rows, MAX_CELLS) };
  }

  const output = createTerminalOutput(terminal, (bytes) => tell('pty.acknowledge', { sessionId, bytes }));
  resources.defer(client.onPtyOutput(sessionId, output.receive));
  const blocks = resources.use(
    followBlocks(terminal, {
      isReplaying: output.isReplaying,
      onReplayed: (tracker) => screen.folds.foldAgain(tracker.blocks),
    }),
  );
  resources.use(
    linkFiles(terminal, {
      ...look.links,
      tracker: blocks.tracker,
      locate: async (folder, names) => {
        const answer = await client.call('file.locate', { sessionId, folder, names });
        return answer.ok ? answer.value.paths : [];
      },
    }),
  );
  terminal.onData((data) => {
    if (!output.isReplaying() || !isAnswer(data)) tell('pty.write', { sessionId, data });
  });
  terminal.onResize(() => tell('pty.resize', { sessionId, ...size() }));
  resources.defer(() => tell('pty.detach', { sessionId }));

  return {
    ...screen,
    blocks,
    applySettings(changed) {
      settings = changed;
      screen.applySettings(changed);
    },
    attach: () => tell('pty.attach', { sessionId, ...size() }),
    restart: () => tell('pty.restart', { sessionId }),
    [Symbol.dispose]: () => resources.dispose(),
  };
}
