import { echoRows } from './echo.ts';
import type { Row } from './lib/row.ts';
import { terminalRows } from './terminal.ts';

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [...terminalRows, ...echoRows];
