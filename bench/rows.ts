import { echoRows } from './echo.ts';
import type { Row } from './lib/row.ts';
import { startupRows } from './startup.ts';
import { switchRows } from './switch.ts';
import { terminalRows } from './terminal.ts';

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [...terminalRows, ...echoRows, ...startupRows, ...switchRows];
