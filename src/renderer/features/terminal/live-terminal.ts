import type { TerminalSettings } from '../../../shared/app.ts';
import type { CommandName, Input } from '../../../shared/contract.ts';
import type { PaneId, SessionId } from '../../../shared/ids.ts';
import type { Client } from '../../client/client.ts';
import { type FollowedBlocks, followBlocks } from './blocks/follow-blocks.ts';
import { linkFiles } from './file-links.ts';
import type { LinkEffects } from './links.ts';
import { createOlderLines } from './older-lines.ts';
import { listenForPastes, type PasteQuestion } from './paste-input.ts';
import { createScreen, type Screen, type ScreenHost } from './screen.ts';
import { createTerminalOutput, isAnswer } from './terminal-output.ts';

/** The contract's limit on columns and rows. */
const MAX_CELLS = 1_000;

/** What a terminal asks of the region that shows it. */
export type RegionEffects = {
  readonly links: LinkEffects;
  readonly onPasteQuestion: (question: PasteQuestion) => void;
};

export type LiveTerminal = Omit<Screen, 'show'> & {
  readonly blocks: FollowedBlocks;
  /** Draws it in `place`. It gets output once it is attached. */
  show(place: HTMLElement, settings: TerminalSettings, effects: RegionEffects): void;
  /** Takes it from the page; it gets no output until it is shown and attached again. */
  hide(): void;
  /** Starts the shell if need be and draws it from a snapshot on; once for each connection to the core, and each time it is shown. */
  attach(): void;
  /** Puts a text on the prompt, with all that is asked before a paste, and never presses Enter. */
  readonly insert: (text: string) => void;
  /** Starts a new shell after the old one ended. */
  restart(): void;
  /** Takes all lines away but those of the prompt. */
  clear(): void;
  /** Has the older lines sent that are not here yet, and resolves when they are drawn. */
  readonly showOlder: () => Promise<void>;
  /** Calls back when a snapshot has taken the place of all that was drawn. */
  readonly onRedrawn: (listener: () => void) => () => void;
};

/** A terminal that is joined to a shell until it is disposed. */
export function createLiveTerminal({
  client,
  sessionId,
  paneId,
}: {
  client: Client;
  sessionId: SessionId;
  paneId: PaneId;
}): LiveTerminal {
  const pane = { sessionId, paneId };
  const resources = new DisposableStack();
  const host: ScreenHost = document.createElement('div');
  host.className = 'terminal-host';
  let region: RegionEffects | undefined;
  let present: TerminalSettings | undefined;
  const links: LinkEffects = {
    onHover: (link) => region?.links.onHover(link),
    openLink: (url) => region?.links.openLink(url),
    openFile: (file) => region?.links.openFile(file),
  };
  const screen = resources.use(createScreen({ host, links }));
  const { terminal } = screen;
  const pastes = resources.use(
    listenForPastes({
      host,
      terminal,
      asksAbout: () => present?.pasteAsksAbout ?? [],
      pathForFile: client.pathForFile,
      onQuestion: (question) => region?.onPasteQuestion(question),
    }),
  );

  /** A lost connection is said by the window; the terminal is attached anew when it is back. */
  function tell<Name extends CommandName>(name: Name, input: Input<Name>): void {
    client.call(name, input).catch(() => undefined);
  }

  function size(): { columns: number; rows: number } {
    return { columns: Math.min(terminal.cols, MAX_CELLS), rows: Math.min(terminal.rows, MAX_CELLS) };
  }

  const output = createTerminalOutput(terminal, (bytes, drawnInMs) =>
    tell('pty.acknowledge', { ...pane, bytes, drawnInMs }),
  );
  const redrawListeners = new Set<() => void>();
  const older = createOlderLines({ terminal, output, ask: () => tell('pty.showOlder', pane) });
  resources.defer(
    client.onPtyOutput(paneId, (kind, bytes) => {
      output.receive(kind, bytes);
      if (kind === 'data') return;
      older.received();
      terminal.write('', () => {
        for (const listener of redrawListeners) listener();
      });
    }),
  );
  const blocks = resources.use(
    followBlocks(terminal, {
      isReplaying: output.isReplaying,
      onReplayed: (tracker) => screen.folds.foldAgain(tracker.blocks),
    }),
  );
  resources.use(
    linkFiles(terminal, {
      ...links,
      tracker: blocks.tracker,
      locate: async (folder, names) => {
        const answer = await client.call('file.locate', { ...pane, folder, names });
        return answer.ok ? answer.value.paths : [];
      },
    }),
  );
  terminal.onData((data) => {
    if (!output.isReplaying() || !isAnswer(data)) tell('pty.write', { ...pane, data });
  });
  terminal.onResize(() => tell('pty.resize', { ...pane, ...size() }));
  resources.defer(() => tell('pty.detach', pane));

  return {
    ...screen,
    blocks,
    show(place, settings, effects) {
      region = effects;
      present = settings;
      screen.show(place, settings);
    },
    hide() {
      screen.hide();
      tell('pty.suspend', pane);
      region = undefined;
    },
    applySettings(settings) {
      present = settings;
      screen.applySettings(settings);
    },
    attach() {
      tell('pty.attach', { ...pane, ...size() });
      older.attached();
    },
    insert: pastes.insert,
    restart: () => tell('pty.restart', pane),
    clear: () => tell('pty.clear', pane),
    showOlder: older.show,
    onRedrawn(listener) {
      redrawListeners.add(listener);
      return () => redrawListeners.delete(listener);
    },
    [Symbol.dispose]: () => resources.dispose(),
  };
}
