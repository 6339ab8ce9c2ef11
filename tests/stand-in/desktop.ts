import { EventEmitter } from 'node:events';
import { refuseUnknown } from './emitter.ts';

type MessageBoxOptions = { defaultId?: number; cancelId?: number };

/** Nobody is there to answer, so each question is cancelled; a test replaces the function to answer otherwise. */
export const dialog = refuseUnknown('dialog', {
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`);
  },
  showMessageBox(...parameters: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    // An owner window may come first.
    const { defaultId = 0, cancelId = defaultId } = parameters.at(-1) as MessageBoxOptions;
    return Promise.resolve({ response: cancelId, checkboxChecked: false });
  },
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] as string[] }),
});

const opened: string[] = [];

/** Opens nothing; `opened` tells tests what would have been. */
export const shell = refuseUnknown('shell', {
  opened,
  openExternal(url: string): Promise<void> {
    opened.push(url);
    return Promise.resolve();
  },
  openPath(path: string): Promise<string> {
    opened.push(path);
    return Promise.resolve('');
  },
});

/** The machine never sleeps, for all that the stand-in can tell; tests emit what they need. */
export const powerMonitor = refuseUnknown('powerMonitor', new EventEmitter());
