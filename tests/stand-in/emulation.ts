import type { CdpSession } from './cdp.ts';
import type { ThemeSource } from './native-theme.ts';
import type { Size } from './screen.ts';

/** Gives the page the size of its window. Zoomed as a browser does it: fewer CSS pixels in the same space. */
export async function emulateSize(page: CdpSession, size: Size, zoomFactor: number): Promise<void> {
  await page.send('Emulation.setDeviceMetricsOverride', {
    width: Math.round(size.width / zoomFactor),
    height: Math.round(size.height / zoomFactor),
    deviceScaleFactor: zoomFactor,
    mobile: false,
  });
}

export async function emulateTheme(page: CdpSession, source: ThemeSource): Promise<void> {
  const value = source === 'system' ? '' : source;
  await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}

/** Lets the page believe that it has the focus, however many windows there are. */
export async function emulateFocus(page: CdpSession): Promise<void> {
  await page.send('Emulation.setFocusEmulationEnabled', { enabled: true });
}
