import type { Terminal } from '@xterm/xterm';
import { pasteReason, type PasteReason } from '../../../shared/app.ts';
import { decidePaste, quotePaths, type PasteDecision } from './paste.ts';

/** A paste that waits for the person. */
export type PasteQuestion = PasteDecision & { readonly accept: () => void };

export type PasteInput = Disposable & {
  /** Types a text that somebody else wrote, without Enter: asks about all that there is to ask about, whatever settings say. */
  readonly insert: (text: string) => void;
};

/** Takes every paste and drop into `host` before xterm does, and types it with care. */
export function listenForPastes({
  host,
  terminal,
  asksAbout,
  pathForFile,
  onQuestion,
}: {
  readonly host: HTMLElement;
  readonly terminal: Terminal;
  readonly asksAbout: () => readonly PasteReason[];
  /** Absent where pages are not told. */
  readonly pathForFile: ((file: File) => string) | undefined;
  readonly onQuestion: (question: PasteQuestion) => void;
}): PasteInput {
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };

  function insert(pasted: string, reasons = asksAbout()): void {
    const decision = decidePaste(pasted, {
      isBracketed: terminal.modes.bracketedPasteMode,
      asksAbout: reasons,
    });
    const accept = () => {
      terminal.paste(decision.text);
      terminal.focus();
    };
    if (decision.reasons.length > 0) onQuestion({ ...decision, accept });
    else if (decision.text !== '') accept();
  }

  function take(event: ClipboardEvent | DragEvent, text: string): void {
    event.preventDefault();
    event.stopPropagation();
    insert(text);
  }

  host.addEventListener(
    'paste',
    (event) => take(event, event.clipboardData?.getData('text/plain') ?? ''),
    options,
  );
  host.addEventListener('dragover', (event) => event.preventDefault(), options);
  host.addEventListener(
    'drop',
    (event) => take(event, event.dataTransfer ? droppedText(event.dataTransfer, pathForFile) : ''),
    options,
  );
  return {
    insert: (text) => insert(text.replace(/\s+$/, ''), pasteReason.options),
    [Symbol.dispose]: () => listening.abort(),
  };
}

/** Files become their paths; what else is dropped is text. */
function droppedText(dropped: DataTransfer, pathForFile: ((file: File) => string) | undefined): string {
  const files = pathForFile ? Array.from(dropped.files, pathForFile).filter(Boolean) : [];
  const urls = dropped.getData('text/uri-list').split(/\r?\n/);
  const paths = files.length > 0 ? files : urls.flatMap(pathOf);
  return paths.length > 0 ? quotePaths(paths) : dropped.getData('text/plain');
}

/** Of a file on this machine. */
function pathOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { protocol, host, pathname } = new URL(url);
  try {
    return protocol === 'file:' && host === '' ? [decodeURIComponent(pathname)] : [];
  } catch {
    return [];
  }
}
