/** Electron's names where they are others than ours. */
const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Minus: '-',
};

/** A key as a menu shows it; undefined for two chords after one another, which no menu can show. */
export function acceleratorOf(keys: string): string | undefined {
  if (keys.includes(' ')) return undefined;
  return keys
    .split('+')
    .map((name) => NAMES[name] ?? name)
    .join('+');
}
