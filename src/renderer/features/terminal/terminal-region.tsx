import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { useClient } from '../../client/context.ts';
import { canOpenFiles } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { copyText } from '../../ui/copy.ts';
import type { AskedCommand } from './blocks/block-actions.ts';
import { BlockLayer } from './blocks/block-layer.tsx';
import { FIND_EVENT, FindBar } from './find-bar.tsx';
import { linkHint, placeInWords, type FilePlace, type HoveredLink } from './links.ts';
import { createLiveTerminal, type LiveTerminal } from './live-terminal.ts';
import { PasteDialog } from './paste-dialog.tsx';
import type { PasteQuestion } from './paste-input.ts';
import type { ScreenHost } from './screen.ts';
import { isOver, ShellBar } from './shell-bar.tsx';
import { TerminalImages } from './terminal-images.tsx';
import { TerminalMenu } from './terminal-menu.tsx';
import { loadTerminalFont } from './terminal-options.ts';
import { TerminalSignals } from './terminal-signals.tsx';
import { useShownHit } from './use-shown-hit.ts';
import { useRegionLook, useTerminalSettings } from './use-terminal-look.ts';
import './terminal.css';

/** A session's shell. Mounted for the active tab only: what it shows lives in the core. */
export function TerminalRegion({
  sessionId,
  onAsk,
}: {
  readonly sessionId: SessionId;
  /** A command is to be asked about; without it nothing offers to. */
  readonly onAsk?: (asked: AskedCommand) => void;
}) {
  const host = useRef<ScreenHost>(null);
  const [link, setLink] = useState<HoveredLink>();
  const [isFinding, setIsFinding] = useState(false);
  const settings = useCarrel((state) => state.settings?.terminal);
  const [pasteQuestion, setPasteQuestion] = useState<PasteQuestion>();
  const live = useLiveTerminal(sessionId, host, { onHover: setLink, onPasteQuestion: setPasteQuestion });
  const restart = useRestart(sessionId, live);
  useShownHit(sessionId, live);

  useEffect(() => {
    const open = () => setIsFinding(true);
    window.addEventListener(FIND_EVENT, open);
    return () => window.removeEventListener(FIND_EVENT, open);
  }, []);

  function closeFind(): void {
    setIsFinding(false);
    live?.terminal.focus();
  }

  return (
    <section className="terminal-region" aria-label="Terminal" {...useRegionLook()}>
      <TerminalMenu live={live} link={link}>
        <div className="terminal-host" ref={host} />
      </TerminalMenu>
      {live && settings && <TerminalSignals terminal={live.terminal} settings={settings} />}
      {live && settings?.images && <TerminalImages terminal={live.terminal} />}
      {live && <BlockLayer live={live} onAsk={onAsk} />}
      {isFinding && live && <FindBar sessionId={sessionId} screen={live} onClose={closeFind} />}
      {link && <LinkHint link={link} />}
      {pasteQuestion && <PasteDialog question={pasteQuestion} onClose={() => setPasteQuestion(undefined)} />}
      <ShellBar sessionId={sessionId} onRestart={restart} />
    </section>
  );
}

/** The terminal of this session, from when its font is there until the region goes. */
function useLiveTerminal(
  sessionId: SessionId,
  host: { readonly current: ScreenHost | null },
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
  const open = useEffectEvent(
    async (sessionId: SessionId, signal: AbortSignal): Promise<LiveTerminal | undefined> => {
      if (!settings) return undefined;
      await loadTerminalFont(settings);
      if (signal.aborted || !host.current) return undefined;
      return createLiveTerminal({
        host: host.current,
        client,
        sessionId,
        settings,
        links: { onHover, openLink, openFile: (file) => openFile(file) },
        onPasteQuestion,
      });
    },
  );

  // It was asked of the terminal that goes now.
  const dropQuestion = useEffectEvent(() => onPasteQuestion(undefined));

  useEffect(() => {
    if (!hasSettings) return undefined;
    const leaving = new AbortController();
    const opening = open(sessionId, leaving.signal);
    void opening.then((opened) => opened && setLive(opened));
    return () => {
      leaving.abort();
      setLive(undefined);
      dropQuestion();
      void opening.then((opened) => opened?.[Symbol.dispose]());
    };
  }, [sessionId, hasSettings]);

  useEffect(() => {
    if (isConnected) live?.attach();
  }, [live, isConnected]);

  useEffect(() => {
    if (settings) live?.applySettings(settings);
  }, [live, settings]);

  return live;
}

/** Starts a new shell where the old one ended: by a button, or by Enter in the terminal. */
function useRestart(sessionId: SessionId, live: LiveTerminal | undefined): () => void {
  const canRestart = useCarrel((state) => isOver(state.sessions[sessionId]?.pty));

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
