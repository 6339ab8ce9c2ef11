import type { WindowAction } from '../shared/app.ts';
import type { ScreenPoint } from '../shared/contract.ts';
import type { WindowId } from '../shared/ids.ts';
import type { Secrets } from './secrets.ts';

/** What only the host can do for a person; absent where it cannot. */
export type HostEffects = {
  /** Opens a file in the program that the system has for it. */
  readonly openPath?: (path: string) => Promise<void>;
  /** Opens a link in the system's browser. */
  readonly openExternal?: (url: string) => Promise<void>;
  /** A program that reads the screen aloud, or on a braille line. */
  readonly screenReader?: { isRunning(): boolean; onChange(listener: () => void): void };
  /** The system's keychain. */
  readonly secrets?: Secrets;
  readonly windows?: WindowEffects;
};

/** What tabs ask of the host's windows; where they are pages, the pages open and close themselves. */
type WindowEffects = {
  /** Opens the window, at this point of the screen where one is named, or brings it to the front. */
  show(id: WindowId, at?: ScreenPoint): void;
  /** Its last tab has gone. */
  emptied?(id: WindowId): void;
  /** Does what its page cannot do to it. */
  perform?(id: WindowId, action: WindowAction): void;
};
