import { answerRows } from './answers.ts';
import { echoRows } from './echo.ts';
import type { Row } from './lib/row.ts';
import { pickerRows } from './picker.ts';
import { searchRows } from './search.ts';
import { startupRows } from './startup.ts';
import { streamRows } from './streams.ts';
import { switchRows } from './switch.ts';
import { tabRows } from './tabs.ts';
import { terminalRows } from './terminal.ts';

/** Every row, in the order of the table, by what it is about. */
export const groups: Readonly<Record<string, readonly Row[]>> = {
  terminal: terminalRows,
  echo: echoRows,
  tabs: tabRows,
  startup: startupRows,
  streams: streamRows,
  answers: answerRows,
  switch: switchRows,
  picker: pickerRows,
  search: searchRows,
};
