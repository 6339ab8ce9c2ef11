import type { ClientSettings } from '../../../shared/app.ts';
import { formatDollars } from '../../ui/format-amounts.ts';

export const SECTIONS = [
  'General',
  'Providers',
  'Models and aliases',
  'Modes',
  'Budget',
  'Terminal',
] as const;
export type Section = (typeof SECTIONS)[number];

export type SettingRow = {
  readonly section: Section;
  readonly name: string;
  /** As it is in force now. */
  readonly value: string;
  /** Where it stands in settings.toml. */
  readonly key: string;
};

/** Every setting that the dialog shows, as one line each. */
export function settingRows(settings: ClientSettings): readonly SettingRow[] {
  const { appearance, terminal, defaults, tabBudget, dayBudget } = settings;
  const row = (section: Section, name: string, value: string, key: string) => ({ section, name, value, key });
  return [
    row('General', 'Theme', appearance.theme, 'appearance.theme'),
    ...settings.providers.map(({ id, keySource }) => row('Providers', id, keySource, `providers.${id}`)),
    row('Models and aliases', 'Model of new tabs', defaults.model ?? 'Offline guide', 'defaults.model'),
    ...settings.aliases.map(({ name, reference }) =>
      row('Models and aliases', name, reference, `aliases.${name}`),
    ),
    row('Modes', 'Mode of new tabs', defaults.mode, 'defaults.mode'),
    ...settings.modes.map(({ name, description }) => row('Modes', name, description, `modes.${name}`)),
    row('Budget', 'A new tab, in dollars', limitOf(tabBudget.dollars), 'budget.tab_dollars'),
    row('Budget', 'A new tab, in tokens', limitOf(tabBudget.tokens), 'budget.tab_tokens'),
    row('Budget', 'A new tab, in turns', limitOf(tabBudget.turns), 'budget.tab_turns'),
    row(
      'Budget',
      'A day',
      dayBudget === undefined ? 'no line' : formatDollars(dayBudget),
      'budget.day_dollars',
    ),
    row('Terminal', 'Font', terminal.fontFamily, 'terminal.font_family'),
    row('Terminal', 'Size', `${terminal.fontSize} px`, 'terminal.font_size'),
    row('Terminal', 'Scrollback', `${terminal.scrollback.toLocaleString()} lines`, 'terminal.scrollback'),
    row('Terminal', 'Cursor', terminal.cursorStyle, 'terminal.cursor_style'),
    row('Terminal', 'Blinking cursor', terminal.cursorBlink ? 'on' : 'off', 'terminal.cursor_blink'),
    row('Terminal', 'Screen reader', terminal.screenReader, 'terminal.screen_reader'),
  ];
}

/** The rows that have every word of the search somewhere. */
export function findSettings(rows: readonly SettingRow[], search: string): readonly SettingRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ section, name, value, key }) => {
    const text = [section, name, value, key].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function limitOf(limit: number | undefined): string {
  return limit === undefined ? 'no limit' : limit.toLocaleString('en');
}
