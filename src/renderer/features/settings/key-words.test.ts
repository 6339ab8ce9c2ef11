import { expect, it } from 'vitest';
import { bindingsOf, conflictsOf } from '../../../shared/key-bindings.ts';
import { conflictInWords, findCommands } from './key-words.ts';

const own = {
  'tab.new': [{ key: 'Ctrl+Shift+F' }, { key: 'F6' }],
  'tab.fork': [{ key: 'F6' }],
  usage: [{ key: 'Ctrl+Alt+K Ctrl+U' }],
};
const bindings = bindingsOf(own, false);

it.each([
  [{ search: 'FORK tab', pressed: '' }, ['tab.fork']],
  [{ search: 'export', pressed: '' }, ['history.export', 'usage.export']],
  [{ search: '', pressed: 'Ctrl+Shift+F' }, ['tab.new', 'terminal.find']],
  [{ search: '', pressed: 'Ctrl+U' }, ['usage']],
  [{ search: 'find', pressed: 'Ctrl+Shift+F' }, ['terminal.find']],
  [{ search: '', pressed: 'Ctrl+Alt+9' }, []],
])('finds by %j', (wanted, commands) => {
  expect(findCommands(bindings, wanted)).toEqual(commands);
});

it('tells of a conflict from either side', () => {
  const words = conflictsOf(bindings, { mac: false }).flatMap((conflict) =>
    [conflict.winner, conflict.loser].map(({ command }) => conflictInWords(conflict, command)),
  );
  expect(words.toSorted()).toEqual([
    'Ctrl+Shift+F goes to “New tab” (yours).',
    'F6 goes to “Fork into a new tab” (yours, later in the file).',
    'Takes Ctrl+Shift+F from “Find in terminal” (built in).',
    'Takes F6 from “New tab” (yours).',
  ]);
});
