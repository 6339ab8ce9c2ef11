import { ContextMenu } from 'radix-ui';
import { useEffect, useRef, useState, type MouseEvent, type ReactElement } from 'react';
import { canOpenFiles } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { copyText } from '../../ui/copy.ts';
import { keys } from '../../ui/key-bindings.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { keysInWords, type Keys } from '../../ui/keys.ts';
import { copySelection, decideRightClick, isForProgram, listenForClicks, pasteClipboard } from './clicks.ts';
import { FIND_EVENT } from './find-bar.tsx';
import { copySelectionAsHtml } from './copy-html.ts';
import { isOpenable, type HoveredLink } from './links.ts';
import type { LiveTerminal } from './live-terminal.ts';

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

type Item = (words: string, act: () => void, keys?: Keys, isEnabled?: boolean) => ReactElement;

function LinkItems({ link: { target, file }, item }: { readonly link: HoveredLink; readonly item: Item }) {
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
  live: { terminal },
  target,
  onChoose,
}: {
  readonly live: LiveTerminal;
  readonly target: HoveredLink | undefined;
  readonly onChoose: (act: () => void) => void;
}) {
  const { openDialog, zoomTerminal, tellNoClipboard, clearTerminal } = useActions();
  const sessionId = useCarrel((state) => state.activeSessionId);
  const item: Item = (words, act, keys, isEnabled = true) => (
    <ContextMenu.Item
      className="block-menu-item"
      aria-description={keys && keysInWords(keys)}
      disabled={!isEnabled}
      onSelect={() => onChoose(act)}
    >
      <span className="spacer">{words}</span>
      {keys !== undefined && <Kbd keys={keys} />}
    </ContextMenu.Item>
  );
  return (
    <>
      {target !== undefined && (
        <>
          <LinkItems link={target} item={item} />
          <ContextMenu.Separator className="terminal-menu-line" />
        </>
      )}
      {item('Copy', () => copySelection(terminal), keys.copy, terminal.hasSelection())}
      {item('Copy as HTML', () => void copySelectionAsHtml(terminal), undefined, terminal.hasSelection())}
      {item('Paste', () => void pasteClipboard(terminal, tellNoClipboard), keys.paste)}
      {item('Select all', () => terminal.selectAll())}
      {sessionId && item('Clear', () => void clearTerminal(sessionId), keys.clear)}
      {item('Find', () => window.dispatchEvent(new CustomEvent(FIND_EVENT)), keys.find)}
      <ContextMenu.Separator className="terminal-menu-line" />
      {item('Larger text', () => zoomTerminal(1), keys.zoomIn)}
      {item('Smaller text', () => zoomTerminal(-1), keys.zoomOut)}
      {item('Usual text size', () => zoomTerminal(0), keys.zoomReset)}
      {item('Choose a theme', () => openDialog('theme-picker'))}
    </>
  );
}
