import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
} from 'react';
import type { PaneId, SessionId } from '../../../shared/ids.ts';
import { useClient } from '../../client/context.ts';
import { canOpenFiles, paneOf } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { copyText } from '../../ui/copy.ts';
import type { AskedCommand } from './blocks/block-actions.ts';
import { BlockLayer } from './blocks/block-layer.tsx';
import { copySelection, pasteClipboard } from './clicks.ts';
import { copySelectionAsHtml } from './copy-html.ts';
import { FindBar } from './find-bar.tsx';
import { linkHint, placeInWords, type FilePlace, type HoveredLink } from './links.ts';
import { createLiveTerminal, type LiveTerminal } from './live-terminal.ts';
import { PasteDialog } from './paste-dialog.tsx';
import type { PasteQuestion } from './paste-input.ts';
import { useTerminalRequests } from './requests.ts';
import { isOver, PasswordBar, ShellBar } from './shell-bar.tsx';
import { TerminalMenu } from './terminal-menu.tsx';
import { loadTerminalFont } from './terminal-options.ts';
import { TerminalSignals } from './terminal-signals.tsx';
import { poolOf } from './terminal-pool.ts';
import { useShownHit } from './use-shown-hit.ts';
import { useTerminalSettings } from './use-terminal-look.ts';
import './terminal.css';

/** A shell of a session. Mounted for the active tab only: what it shows lives in the core. */
export function TerminalPane({
  sessionId,
  paneId,
  name,
  isActive,
  style,
  onAsk,
}: {
  readonly sessionId: SessionId;
  readonly paneId: PaneId;
  /** Undefined for the only one. */
  readonly name: string | undefined;
  /** The person is in it, or was last: it hears what is said to the terminal. */
  readonly isActive: boolean;
  readonly style: CSSProperties;
  /** A command is to be asked about; without it nothing offers to. */
  readonly onAsk?: (asked: AskedCommand) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [link, setLink] = useState<HoveredLink>();
  const [isFinding, setIsFinding] = useState(false);
  const settings = useCarrel((state) => state.settings?.terminal);
  const [pasteQuestion, setPasteQuestion] = useState<PasteQuestion>();
  const live = useLiveTerminal({ sessionId, paneId }, place, {
    onHover: setLink,
    onPasteQuestion: setPasteQuestion,
  });
  const restart = useRestart(sessionId, paneId, live);
  useShownHit(paneId, live);
  const { activatePane, tellNoClipboard, tellFullScreen } = useActions();
  const ask = useMemo(
    () => onAsk && ((asked: Omit<AskedCommand, 'paneId'>) => onAsk({ ...asked, paneId })),
    [onAsk, paneId],
  );
  const ended = useCarrel((state) => isOver(paneOf(state, sessionId, paneId)?.pty));
  const terminal = live?.terminal;
  useTerminalRequests(
    {
      find: () => setIsFinding(true),
      copy: () => terminal && copySelection(terminal),
      'copy-html': () => terminal && void copySelectionAsHtml(terminal),
      paste: () => terminal && void pasteClipboard(terminal, tellNoClipboard),
      'select-all': () => void live?.showOlder().then(() => live.terminal.selectAll()),
      'page-up': () => terminal?.scrollPages(-1),
      'page-down': () => terminal?.scrollPages(1),
      top: () => void live?.showOlder().then(() => live.terminal.scrollToTop()),
      bottom: () => terminal?.scrollToBottom(),
      clear: () => live?.clear(),
      restart: () => ended && restart(),
      insert: (text) => {
        terminal?.focus();
        if (terminal?.buffer.active.type === 'alternate') tellFullScreen();
        else live?.insert(text);
      },
    },
    { isHeard: isActive },
  );

  function closeFind(): void {
    setIsFinding(false);
    live?.terminal.focus();
  }

  return (
    <div
      className="terminal-pane"
      style={style}
      data-active={isActive}
      {...(name !== undefined && { role: 'group', 'aria-label': name })}
      onFocus={() => activatePane(sessionId, paneId)}
    >
      <TerminalMenu live={live} link={link}>
        <div className="terminal-place" ref={place} />
      </TerminalMenu>
      {live && settings && <TerminalSignals terminal={live.terminal} settings={settings} />}
      {live && <BlockLayer live={live} isActive={isActive} onAsk={ask} />}
      {isFinding && live && <FindBar paneId={paneId} isActive={isActive} screen={live} onClose={closeFind} />}
      {link && <LinkHint link={link} />}
      {pasteQuestion && <PasteDialog question={pasteQuestion} onClose={() => setPasteQuestion(undefined)} />}
      <PasswordBar sessionId={sessionId} paneId={paneId} terminal={terminal} />
      <ShellBar sessionId={sessionId} paneId={paneId} onRestart={restart} />
    </div>
  );
}

/** The terminal of this shell, from when its font is there until the region goes. */
function useLiveTerminal(
  { sessionId, paneId }: { readonly sessionId: SessionId; readonly paneId: PaneId },
  place: { readonly current: HTMLElement | null },
  {
    onHover,
    onPasteQuestion,
  }: {
    readonly onHover: (link: HoveredLink | undefined) => void;
    readonly onPasteQuestion: (question: PasteQuestion | undefined) => void;
  },
): LiveTerminal | undefined {
  const client = useClient();
  const { openLink } = useActions();
  const openFile = useEffectEvent(useOpenFile());
  const settings = useTerminalSettings();
  const isConnected = useCarrel((state) => state.connection === 'connected');
  const [live, setLive] = useState<LiveTerminal>();
  const hasSettings = settings !== undefined;
  const pool = poolOf(client);

  const show = useEffectEvent((terminal: LiveTerminal) => {
    if (!place.current || !settings) return;
    const links = { onHover, openLink, openFile: (file: FilePlace) => openFile(file) };
    terminal.show(place.current, settings, { links, onPasteQuestion });
  });
  const loadFont = useEffectEvent(async () => settings && (await loadTerminalFont(settings)));
  // It was asked of the terminal that goes now.
  const dropQuestion = useEffectEvent(() => onPasteQuestion(undefined));

  // Before the page is painted, and before React takes the place away.
  useLayoutEffect(() => {
    if (!hasSettings) return undefined;
    let hasLeft = false;
    let terminal = pool.take(paneId);
    if (terminal) show(terminal);
    async function open(): Promise<void> {
      if (!terminal) await loadFont();
      if (hasLeft) return;
      if (!terminal) show((terminal = createLiveTerminal({ client, sessionId, paneId })));
      setLive(terminal);
    }
    void open();
    return () => {
      hasLeft = true;
      setLive(undefined);
      dropQuestion();
      terminal?.hide();
      if (terminal) pool.keep(paneId, sessionId, terminal);
    };
  }, [client, pool, sessionId, paneId, hasSettings]);

  const open = useCarrel((state) => state.order);
  useEffect(() => pool.retain(open), [pool, open]);

  useEffect(() => {
    if (isConnected) live?.attach();
  }, [live, isConnected]);

  useEffect(() => {
    if (settings) live?.applySettings(settings);
  }, [live, settings]);

  return live;
}

/** Starts a new shell where the old one ended: by a button, or by Enter in the terminal. */
function useRestart(sessionId: SessionId, paneId: PaneId, live: LiveTerminal | undefined): () => void {
  const canRestart = useCarrel((state) => isOver(paneOf(state, sessionId, paneId)?.pty));

  useEffect(() => {
    if (!canRestart || !live) return undefined;
    const listening = live.terminal.onData((data) => data === '\r' && live.restart());
    return () => listening.dispose();
  }, [canRestart, live]);

  return () => {
    live?.restart();
    live?.terminal.focus();
  };
}

/** Opens a file, or copies its name where files are not opened. */
function useOpenFile(): (file: FilePlace) => void {
  const { openFile } = useActions();
  const canOpen = useCarrel(canOpenFiles);
  return (file) => {
    if (canOpen) openFile(file);
    else void copyText(placeInWords(file));
  };
}

/** Where the link under the pointer goes, and how to follow it. */
function LinkHint({ link }: { readonly link: HoveredLink }) {
  const { target, x, y } = link;
  const canOpen = useCarrel(canOpenFiles);
  return (
    <div
      className="link-hint"
      role="tooltip"
      style={{ left: `min(${x}px, 100vw - 400px)`, top: `min(${y + 20}px, 100vh - 64px)` }}
    >
      <span className="mono">{target}</span>
      <span className="faint">{linkHint(link, canOpen)}</span>
    </div>
  );
}
