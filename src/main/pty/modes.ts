import type { Terminal } from '@xterm/headless';

/** Private modes beyond those that the serialize addon knows, as they must be set again: cursor visibility, forms of mouse reports. */
const PRIVATE_MODES = [25, 1006, 1016] as const;
const SET_AT_FIRST: readonly number[] = [25];

/**
 * Follows what the serialize addon leaves out and returns a function that writes it as escape sequences: hidden cursor, its
 * style, the form of mouse reports and the margins. Without them a window that opens on a running program draws it wrongly.
 */
export function trackModes(terminal: Terminal): () => string {
  const set = new Set(SET_AT_FIRST);
  let cursorStyle = '';
  /** DECSTBM of each buffer, in rows from 1. */
  const margins = { normal: '', alternate: '' };
  const { parser } = terminal;
  const follow = (effect: () => void) => {
    effect();
    return false;
  };
  const softReset = () => {
    set.add(25);
    cursorStyle = '';
    margins[terminal.buffer.active.type] = '';
  };

  parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) =>
    follow(() => PRIVATE_MODES.filter((mode) => modes.includes(mode)).forEach((mode) => set.add(mode))),
  );
  parser.registerCsiHandler({ prefix: '?', final: 'l' }, (modes) =>
    follow(() => PRIVATE_MODES.filter((mode) => modes.includes(mode)).forEach((mode) => set.delete(mode))),
  );
  parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, ([style]) =>
    follow(() => (cursorStyle = style ? `\x1b[${numbers([style])[0]} q` : '')),
  );
  parser.registerCsiHandler({ final: 'r' }, (rows) =>
    follow(() => (margins[terminal.buffer.active.type] = `\x1b[${numbers(rows).join(';')}r`)),
  );
  parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => follow(softReset));
  parser.registerEscHandler({ final: 'c' }, () =>
    follow(() => {
      softReset();
      set.clear();
      set.add(25);
      margins.normal = '';
    }),
  );
  terminal.onResize(() => Object.assign(margins, { normal: '', alternate: '' }));
  terminal.buffer.onBufferChange(({ type }) => {
    if (type === 'normal') margins.alternate = '';
  });

  return () => {
    const { active } = terminal.buffer;
    const changed = PRIVATE_MODES.filter((mode) => set.has(mode) !== SET_AT_FIRST.includes(mode));
    const modes = changed.map((mode) => `\x1b[?${mode}${set.has(mode) ? 'h' : 'l'}`).join('');
    const margin = margins[active.type];
    // Setting margins moves the cursor.
    const cursor = margin && `\x1b[${active.cursorY + 1};${active.cursorX + 1}H`;
    return modes + cursorStyle + margin + cursor;
  };
}

function numbers(parameters: readonly (number | number[])[]): number[] {
  return parameters.filter((parameter) => typeof parameter === 'number');
}
