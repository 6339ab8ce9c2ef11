import type { Terminal } from '@xterm/xterm';

/** Bytes of one image; the core passes on no longer one. */
const MAX_IMAGE_BYTES = 8 * 1024 * 1024;
/** Pixels of one image, as many as the largest screens have. */
const MAX_PIXELS = 16 * 1024 * 1024;
/** Megabytes that a terminal keeps of images; the oldest go first. */
const STORAGE_MB = 64;

/** Draws the images that programs print, from when what decodes them is there: a moment after the terminal. */
export function drawImages(terminal: Terminal): Disposable {
  const resources = new DisposableStack();
  async function load(): Promise<void> {
    const { ImageAddon } = await import('@xterm/addon-image');
    if (resources.disposed) return;
    const addon = new ImageAddon({
      pixelLimit: MAX_PIXELS,
      sixelSizeLimit: MAX_IMAGE_BYTES,
      iipSizeLimit: MAX_IMAGE_BYTES,
      storageLimit: STORAGE_MB,
    });
    terminal.loadAddon(resources.adopt(addon, (addon) => addon.dispose()));
  }
  void load();
  return resources;
}
