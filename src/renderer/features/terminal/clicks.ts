import type { Terminal } from '@xterm/xterm';
import type { TerminalSettings } from '../../../shared/app.ts';
import { copyText } from '../../ui/copy.ts';

const MIDDLE_BUTTON = 1;
const RIGHT_BUTTON = 2;

/** There the browser itself pastes at a middle click, and from the selection rather than from the clipboard. */
const pastesSelection = typeof navigator !== 'undefined' && /^Linux(?!.*Android)/.test(navigator.platform);

export type Click = {
  readonly rightClick: TerminalSettings['rightClick'];
  readonly hasSelection: boolean;
  /** The click goes to a program that uses the mouse; Shift keeps it for the terminal. */
  readonly isPrograms: boolean;
};

/** What a right click does. */
export function decideRightClick({ rightClick, hasSelection, isPrograms }: Click) {
  if (isPrograms) return 'nothing';
  return rightClick === 'copy_or_paste' ? (hasSelection ? 'copy' : 'paste') : rightClick;
}

/** A menu that was asked for by a key comes without a button. */
export function isForProgram(terminal: Terminal, { button, shiftKey }: MouseEvent): boolean {
  const isByMouse = button === MIDDLE_BUTTON || button === RIGHT_BUTTON;
  return isByMouse && !shiftKey && terminal.modes.mouseTrackingMode !== 'none';
}

/** Copies what is selected, and says whether anything was. */
export function copySelection(terminal: Terminal): boolean {
  if (!terminal.hasSelection()) return false;
  void copyText(terminal.getSelection());
  return true;
}

/** Pastes as a key would, with all that is asked before; `onRefused` where the page is not given the clipboard. */
export async function pasteClipboard(terminal: Terminal, onRefused: () => void): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    onRefused();
    return;
  }
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  terminal.textarea?.dispatchEvent(paste);
}

/** Does what settings say of selecting, of the middle button, and of the keys that open a menu. */
export function listenForClicks({
  terminal,
  settings,
  onPaste,
}: {
  readonly terminal: Terminal;
  readonly settings: Pick<TerminalSettings, 'middleClickPaste' | 'copyOnSelect'>;
  readonly onPaste: () => void;
}): Disposable {
  const host = terminal.element?.parentElement;
  if (!host) throw new Error('The terminal is not on the page');
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };

  function onMiddleButton(event: MouseEvent): void {
    if (event.button !== MIDDLE_BUTTON) return;
    const isPaste = settings.middleClickPaste && !isForProgram(terminal, event);
    if (isPaste && pastesSelection) return;
    // Neither the browser's own paste nor its scrolling by the middle button.
    event.preventDefault();
    if (event.type !== 'auxclick') return;
    event.stopPropagation();
    if (isPaste) onPaste();
  }

  function onMenuKey(event: KeyboardEvent): void {
    if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === 'keydown') host?.dispatchEvent(new MouseEvent('contextmenu', atCursor(terminal)));
  }

  for (const type of ['mousedown', 'mouseup', 'auxclick'] as const)
    host.addEventListener(type, onMiddleButton, options);
  for (const type of ['keydown', 'keyup'] as const) host.addEventListener(type, onMenuKey, options);
  const selecting = terminal.onSelectionChange(() => {
    // A search selects too, and is typed elsewhere.
    if (settings.copyOnSelect && host.contains(document.activeElement)) copySelection(terminal);
  });
  return {
    [Symbol.dispose]() {
      listening.abort();
      selecting.dispose();
    },
  };
}

/** A menu that is asked for by a key opens below the cursor. */
function atCursor({ element, buffer, cols, rows }: Terminal): MouseEventInit {
  const screen = element?.querySelector('.xterm-screen')?.getBoundingClientRect();
  const { left, top, width, height } = screen ?? new DOMRect();
  const { cursorX, cursorY, baseY, viewportY } = buffer.active;
  const row = Math.min(cursorY + baseY - viewportY + 1, rows);
  return {
    bubbles: true,
    cancelable: true,
    clientX: left + (cursorX / cols) * width,
    clientY: top + (row / rows) * height,
  };
}
