import type { CdpSession } from './cdp.ts';

/** As given to `webContents.sendInputEvent`. */
export type InputEvent = { type: string; keyCode: string; modifiers?: readonly string[] };

/** The protocol's bits of the modifiers. */
const MODIFIER_BITS: Readonly<Record<string, number>> = {
  alt: 1,
  control: 2,
  ctrl: 2,
  meta: 4,
  cmd: 4,
  shift: 8,
};

type Key = { key: string; code: string; windowsVirtualKeyCode: number };

const NAMED_KEYS: Readonly<Record<string, Key>> = {
  ',': { key: ',', code: 'Comma', windowsVirtualKeyCode: 188 },
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 },
  Escape: { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 },
  Tab: { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
};

/** Presses or releases a key in the page as the system would; the page sees it as trusted. */
export async function sendInputEvent(
  session: CdpSession,
  { type, keyCode, modifiers = [] }: InputEvent,
): Promise<void> {
  if (type !== 'keyDown' && type !== 'keyUp')
    throw new Error(`stand-in: the input event '${type}' is not implemented`);
  const bits = modifiers.map((name) => {
    const bit = MODIFIER_BITS[name];
    if (bit === undefined) throw new Error(`stand-in: the modifier '${name}' is not implemented`);
    return bit;
  });
  const isShifted = modifiers.includes('shift');
  await session.send('Input.dispatchKeyEvent', {
    type: type === 'keyDown' ? 'rawKeyDown' : 'keyUp',
    modifiers: bits.reduce((all, bit) => all | bit, 0),
    ...keyFor(keyCode, isShifted),
  });
}

function keyFor(keyCode: string, isShifted: boolean): Key {
  const upper = keyCode.toUpperCase();
  if (/^[A-Z]$/.test(upper)) {
    return {
      key: isShifted ? upper : upper.toLowerCase(),
      code: `Key${upper}`,
      windowsVirtualKeyCode: upper.charCodeAt(0),
    };
  }
  if (/^\d$/.test(keyCode))
    return { key: keyCode, code: `Digit${keyCode}`, windowsVirtualKeyCode: keyCode.charCodeAt(0) };
  const named = NAMED_KEYS[keyCode];
  if (!named) throw new Error(`stand-in: the key '${keyCode}' is not implemented`);
  return named;
}
