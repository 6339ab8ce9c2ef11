import type { KeyPress } from './page/messages.ts';

type Modifier = 'control' | 'shift' | 'alt' | 'meta';

const MODIFIERS: Readonly<Record<string, Modifier>> = {
  ctrl: 'control',
  control: 'control',
  shift: 'shift',
  alt: 'alt',
  option: 'alt',
  cmd: 'meta',
  command: 'meta',
  super: 'meta',
  meta: 'meta',
};

/** Electron's names of keys that the DOM calls otherwise. */
const KEY_NAMES: Readonly<Record<string, string>> = {
  plus: '+',
  space: ' ',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  esc: 'escape',
  return: 'enter',
};

/** Whether the key press is the one that an accelerator such as `CmdOrCtrl+Shift+P` describes. */
export function matchesAccelerator(accelerator: string, press: KeyPress, platform: NodeJS.Platform): boolean {
  const names = accelerator.toLowerCase().split('+');
  const name = names.pop() ?? '';
  const modifiers = new Set(names.map((modifier) => toModifier(modifier, platform)));
  const isHeld = (modifier: Modifier) => press[modifier] === modifiers.has(modifier);
  // On most keyboards plus is reached by Shift, or stands above the equals sign.
  const isPlus = name === 'plus' && (press.key === '+' || press.key === '=');
  return (
    (isPlus || (keyOf(press) === (KEY_NAMES[name] ?? name) && isHeld('shift'))) &&
    isHeld('control') &&
    isHeld('alt') &&
    isHeld('meta')
  );
}

function toModifier(name: string, platform: NodeJS.Platform): Modifier {
  if (name === 'cmdorctrl' || name === 'commandorcontrol') return platform === 'darwin' ? 'meta' : 'control';
  const modifier = MODIFIERS[name];
  if (!modifier) throw new Error(`stand-in: the accelerator's modifier '${name}' is not implemented`);
  return modifier;
}

/** Letters and digits by their place, as Shift changes what they write. */
function keyOf({ key, code }: KeyPress): string {
  return (/^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? key).toLowerCase();
}
