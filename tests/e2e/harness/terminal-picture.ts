import type { Page } from '@playwright/test';

type Cell = {
  getChars(): string;
  getWidth(): number;
  getFgColorMode(): number;
  getFgColor(): number;
  getBgColorMode(): number;
  getBgColor(): number;
} & Record<string, () => number>;

export type ReadableTerminal = {
  readonly cols: number;
  readonly rows: number;
  readonly buffer: {
    readonly active: {
      readonly baseY: number;
      readonly cursorX: number;
      readonly cursorY: number;
      getLine(
        row: number,
      ): { readonly isWrapped: boolean; getCell(column: number): Cell | undefined } | undefined;
    };
  };
};

/** The screen with the looks of its cells, a line for each row, and the cursor. Runs in the page as well as here. */
export function screenPicture({ cols, rows, buffer: { active } }: ReadableTerminal): string {
  const flags = [
    'isBold',
    'isDim',
    'isItalic',
    'isUnderline',
    'isBlink',
    'isInverse',
    'isInvisible',
    'isStrikethrough',
    'isOverline',
  ];
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const line = active.getLine(active.baseY + row);
    let text = line?.isWrapped && row > 0 ? '↩' : '';
    let look = '0 -1 0 -1';
    for (let column = 0; column < cols; column += 1) {
      const cell = line?.getCell(column);
      if (!cell || cell.getWidth() === 0) continue;
      const colours = [cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()];
      const now = [...colours, ...flags.flatMap((flag) => (cell[flag]?.() ? [flag] : []))].join(' ');
      text += (now === look ? '' : `<${now}>`) + (cell.getChars() || ' ');
      look = now;
    }
    lines.push(text.trimEnd());
  }
  return [...lines, `cursor ${Math.min(active.cursorX, cols - 1)} ${active.cursorY}`].join('\n');
}

/** Of the terminal in the window. */
export function windowPicture(page: Page): Promise<string> {
  return inTerminal(page, `(${String(screenPicture)})(terminal)`);
}

/** Evaluates an expression about `terminal`, the one that the window shows; undefined when it shows none. */
export function inTerminal<Value>(page: Page, expression: string): Promise<Value> {
  return page.evaluate(`(() => {
    const terminal = document.querySelector('.terminal-host')?.carrelTerminal;
    return terminal && (${expression});
  })()`);
}
