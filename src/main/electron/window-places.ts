import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';
import type { ScreenPoint } from '../../shared/contract.ts';
import { windowId, type WindowId } from '../../shared/ids.ts';
import type { Core } from '../core.ts';

const windowPlace = z.object({
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  isMaximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlace>;

const STATE_KEY = 'windows';

/** Moves and changes of size come in hundreds; the place is saved when they pause this long. */
const PAUSE_MS = 300;

/** From a window to a new one beside it, down and to the right. */
const CASCADE_PIXELS = 32;

/** From a new window's corner to where the tab that makes it was dropped: about the middle of its first tab. */
const GRIP = { x: 140, y: 24 };

/** Where each window lies on the screen, kept over a restart. */
export class WindowPlaces {
  readonly #core: Core;
  readonly #places: Map<WindowId, WindowPlace>;

  constructor(core: Core) {
    this.#core = core;
    this.#places = new Map(readPlaces(core));
  }

  /** Undefined where it is not known, or on a screen that was unplugged since. */
  get(id: WindowId): WindowPlace | undefined {
    const place = this.#places.get(id);
    return place && isOnScreen(place.bounds) ? place : undefined;
  }

  /** A new window is as large as another one: beside it, or where a tab was dropped. */
  begin(id: WindowId, model: BrowserWindow, at: ScreenPoint | undefined): void {
    if (this.get(id)) return;
    const { x, y, width, height } = model.getNormalBounds();
    const corner = at
      ? { x: Math.round(at.x - GRIP.x), y: Math.round(at.y - GRIP.y) }
      : { x: x + CASCADE_PIXELS, y: y + CASCADE_PIXELS };
    this.#places.set(id, { bounds: { ...corner, width, height }, isMaximized: false });
  }

  follow(id: WindowId, window: BrowserWindow): void {
    const remember = () => {
      this.#places.set(id, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
      this.#save();
    };
    let timer: NodeJS.Timeout | undefined;
    const rememberSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(remember, PAUSE_MS);
    };
    window.on('resize', rememberSoon);
    window.on('move', rememberSoon);
    window.on('close', () => {
      clearTimeout(timer);
      remember();
    });
  }

  forget(id: WindowId): void {
    this.#places.delete(id);
    this.#save();
  }

  keepOnly(ids: readonly WindowId[]): void {
    for (const id of this.#places.keys()) if (!ids.includes(id)) this.#places.delete(id);
  }

  #save(): void {
    try {
      this.#core.state.set(STATE_KEY, JSON.stringify([...this.#places]));
    } catch (error) {
      this.#core.reportError('Saving where the windows are', error);
    }
  }
}

function readPlaces(core: Core): [WindowId, WindowPlace][] {
  try {
    return z.array(z.tuple([windowId, windowPlace])).parse(JSON.parse(core.state.get(STATE_KEY) ?? '[]'));
  } catch {
    return [];
  }
}

function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const overlapX =
      Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const overlapY =
      Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    return overlapX > 100 && overlapY > 100;
  });
}
