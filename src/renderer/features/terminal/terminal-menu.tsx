import { ContextMenu } from 'radix-ui';
import { useEffect, useRef, useState, type MouseEvent, type ReactElement } from 'react';
import type { AppCommandId } from '../../../shared/app-commands.ts';
import { useKeys } from '../../store/keys.ts';
import { activeSession, canOpenFiles } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { copyText } from '../../ui/copy.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { keysInWords } from '../../ui/keys.ts';
import { copySelection, decideRightClick, isForProgram, listenForClicks, pasteClipboard } from './clicks.ts';
import { copySelectionAsHtml } from './copy-html.ts';
import { isOpenable, type HoveredLink } from './links.ts';
import type { LiveTerminal } from './live-terminal.ts';
import { requestOfTerminal } from './requests.ts';

/** What can be done with the terminal, by a right click on `children` or by the keys for menus. */
export function TerminalMenu({
  live,
  link,
  children,
}: {
  readonly live: LiveTerminal | undefined;
  /** That the pointer rests on. */
  readonly link: HoveredLink | undefined;
  readonly children: ReactElement;
}) {
  const { tellNoClipboard } = useActions();
  const settings = useCarrel((state) => state.settings?.terminal);
  const [target, setTarget] = useState<HoveredLink>();
  const chosen = useRef<() => void>(undefined);

  useEffect(() => {
    if (!live || !settings) return undefined;
    const { terminal } = live;
    const onPaste = () => void pasteClipboard(terminal, tellNoClipboard);
    const listening = listenForClicks({ terminal, settings, onPaste });
    return () => listening[Symbol.dispose]();
  }, [live, settings, tellNoClipboard]);

  function onContextMenu(event: MouseEvent): void {
    if (!live || !settings) return;
    const { terminal } = live;
    const isByKey = !event.nativeEvent.isTrusted;
    const action = decideRightClick({
      rightClick: isByKey ? 'menu' : settings.rightClick,
      hasSelection: terminal.hasSelection(),
      isPrograms: isForProgram(terminal, event.nativeEvent),
    });
    if (action === 'menu') {
      setTarget(isByKey ? undefined : link);
      return;
    }
    event.preventDefault();
    if (action === 'paste') void pasteClipboard(terminal, tellNoClipboard);
    if (action === 'copy' && copySelection(terminal)) terminal.clearSelection();
  }

  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild onContextMenu={onContextMenu}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        {live && (
          <ContextMenu.Content
            className="block-menu"
            aria-label="Terminal menu"
            collisionPadding={8}
            onCloseAutoFocus={(event) => {
              // What is chosen may take the focus from the terminal again.
              event.preventDefault();
              live.terminal.focus();
              chosen.current?.();
              chosen.current = undefined;
            }}
          >
            <Items live={live} target={target} onChoose={(act) => (chosen.current = act)} />
          </ContextMenu.Content>
        )}
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

type MakeItem = (
  words: string,
  act: () => void,
  /** Whose key does the same. */
  command?: AppCommandId,
  isEnabled?: boolean,
) => ReactElement;

function LinkItems({
  link: { target, file },
  item,
}: {
  readonly link: HoveredLink;
  readonly item: MakeItem;
}) {
  const { openLink, openFile } = useActions();
  const canOpen = useCarrel(canOpenFiles);
  return (
    <>
      {file
        ? item('Open file', () => openFile(file), undefined, canOpen)
        : item('Open link', () => openLink(target), undefined, isOpenable(target))}
      {item(file ? 'Copy path' : 'Copy link', () => void copyText(target))}
    </>
  );
}

function Items({
  live,
  target,
  onChoose,
}: {
  readonly live: LiveTerminal;
  readonly target: HoveredLink | undefined;
  readonly onChoose: (act: () => void) => void;
}) {
  const { terminal, showOlder } = live;
  const { openDialog, zoomTerminal, tellNoClipboard, splitPane, closePane, toggleZoomedPane } = useActions();
  const sessionId = useCarrel((state) => state.activeSessionId);
  const hasSeveral = useCarrel((state) => (activeSession(state)?.panes.length ?? 1) > 1);
  const item: MakeItem = (words, act, command, isEnabled = true) => (
    <Item words={words} command={command} isEnabled={isEnabled} onSelect={() => onChoose(act)} />
  );
  return (
    <>
      {target !== undefined && (
        <>
          <LinkItems link={target} item={item} />
          <ContextMenu.Separator className="terminal-menu-line" />
        </>
      )}
      {item('Copy', () => copySelection(terminal), 'terminal.copy', terminal.hasSelection())}
      {item(
        'Copy as HTML',
        () => void copySelectionAsHtml(terminal),
        'terminal.copy-html',
        terminal.hasSelection(),
      )}
      {item('Paste', () => void pasteClipboard(terminal, tellNoClipboard), 'terminal.paste')}
      {item('Select all', () => void showOlder().then(() => terminal.selectAll()), 'terminal.select-all')}
      {item('Clear', () => live.clear(), 'terminal.clear')}
      {item('Find', () => requestOfTerminal('find'), 'terminal.find')}
      <ContextMenu.Separator className="terminal-menu-line" />
      {sessionId && (
        <>
          {item('Split to the right', () => void splitPane(sessionId, 'row'), 'pane.split-right')}
          {item('Split downwards', () => void splitPane(sessionId, 'column'), 'pane.split-down')}
          {hasSeveral && item('Zoom pane, or show all', () => toggleZoomedPane(sessionId), 'pane.zoom')}
          {hasSeveral && item('Close pane', () => void closePane(sessionId), 'pane.close')}
          <ContextMenu.Separator className="terminal-menu-line" />
        </>
      )}
      {item('Larger text', () => zoomTerminal(1), 'terminal.zoom-in')}
      {item('Smaller text', () => zoomTerminal(-1), 'terminal.zoom-out')}
      {item('Usual text size', () => zoomTerminal(0), 'terminal.zoom-reset')}
      {item('Choose a theme', () => openDialog('theme-picker'), 'terminal.theme')}
    </>
  );
}

function Item({
  words,
  command,
  isEnabled,
  onSelect,
}: {
  readonly words: string;
  /** Whose key does the same. */
  readonly command: AppCommandId | undefined;
  readonly isEnabled: boolean;
  readonly onSelect: () => void;
}) {
  const keys = useKeys(command);
  return (
    <ContextMenu.Item
      className="block-menu-item"
      aria-description={keys && keysInWords(keys)}
      disabled={!isEnabled}
      onSelect={onSelect}
    >
      <span className="spacer">{words}</span>
      <Kbd keys={keys} />
    </ContextMenu.Item>
  );
}
