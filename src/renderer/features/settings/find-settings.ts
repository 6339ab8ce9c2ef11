import { appCommandIds, appCommands } from '../../../shared/app-commands.ts';
import type { ClientSettings } from '../../../shared/app.ts';
import { keysOf } from '../../../shared/key-bindings.ts';
import { formatDollars } from '../../ui/format-amounts.ts';
import { isMac, keysInWords } from '../../ui/keys.ts';

export const SECTIONS = [
  'General',
  'Providers',
  'Models and aliases',
  'Modes',
  'Profiles',
  'Budget',
  'Terminal',
  'Keys',
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
    row('General', 'Tabs', appearance.tabs === 'left' ? 'at the left' : 'at the top', 'appearance.tabs'),
    ...settings.providers.map(({ id, keySource }) => row('Providers', id, keySource, `providers.${id}`)),
    row('Models and aliases', 'Model of new tabs', defaults.model ?? 'Offline guide', 'defaults.model'),
    ...settings.aliases.map(({ name, reference }) =>
      row('Models and aliases', name, reference, `aliases.${name}`),
    ),
    row('Modes', 'Mode of new tabs', defaults.mode, 'defaults.mode'),
    ...settings.modes.map(({ name, description }) => row('Modes', name, description, `modes.${name}`)),
    ...settings.profiles.map(({ name, commandLine }) =>
      row('Profiles', name, commandLine, `profiles.${name}`),
    ),
    row('Budget', 'A new tab, in dollars', limitOf(tabBudget.dollars), 'budget.tab_dollars'),
    row('Budget', 'A new tab, in tokens', limitOf(tabBudget.tokens), 'budget.tab_tokens'),
    row('Budget', 'A new tab, in turns', limitOf(tabBudget.turns), 'budget.tab_turns'),
    row(
      'Budget',
      'A day',
      dayBudget === undefined ? 'no line' : formatDollars(dayBudget),
      'budget.day_dollars',
    ),
    ...terminalRows(terminal),
    ...keyRows(settings),
  ];
}

function terminalRows(terminal: ClientSettings['terminal']): readonly SettingRow[] {
  const row = (name: string, value: string, key: string) =>
    ({ section: 'Terminal', name, value, key: `terminal.${key}` }) as const;
  const onOrOff = (isOn: boolean) => (isOn ? 'on' : 'off');
  return [
    row('Colours', terminal.theme, 'theme'),
    row('Colours in a light window', terminal.themeLight ?? 'the same', 'theme_light'),
    row('Least contrast', `${terminal.minimumContrast} : 1`, 'minimum_contrast'),
    row('Font', terminal.fontFamily, 'font_family'),
    row('Size', `${terminal.fontSize} px`, 'font_size'),
    row('Weight', String(terminal.fontWeight), 'font_weight'),
    row('Weight of bold text', String(terminal.fontWeightBold), 'font_weight_bold'),
    row('Line height', `${terminal.lineHeight} × the size`, 'line_height'),
    row('Letter spacing', `${terminal.letterSpacing} px`, 'letter_spacing'),
    row('Ligatures', onOrOff(terminal.ligatures), 'ligatures'),
    row('Scrollback', `${terminal.scrollback.toLocaleString()} lines`, 'scrollback'),
    row('Scroll speed', `${terminal.scrollSpeed} ×`, 'scroll_speed'),
    row('Smooth scrolling', onOrOff(terminal.smoothScrolling), 'smooth_scrolling'),
    row('Cursor', terminal.cursorStyle, 'cursor_style'),
    row('Cursor without focus', terminal.cursorInactiveStyle, 'cursor_inactive_style'),
    row('Blinking cursor', onOrOff(terminal.cursorBlink), 'cursor_blink'),
    row('Bell', terminal.bell, 'bell'),
    row('Progress of programs', onOrOff(terminal.progress), 'progress'),
    row('Copy on select', onOrOff(terminal.copyOnSelect), 'copy_on_select'),
    row('Paste by middle click', onOrOff(terminal.middleClickPaste), 'middle_click_paste'),
    row('Paste asks about', terminal.pasteAsksAbout.join(' and ') || 'nothing', 'paste_asks_about'),
    row('Right click', terminal.rightClick.replaceAll('_', ' '), 'right_click'),
    row('Word separators', terminal.wordSeparators, 'word_separators'),
    row('Screen reader', terminal.screenReader, 'screen_reader'),
  ];
}

function keyRows({ keys }: ClientSettings): readonly SettingRow[] {
  return appCommandIds.map((command) => {
    const key = keysOf(command, keys, isMac);
    const value = key === undefined ? 'no key' : keysInWords(key);
    return { section: 'Keys', name: appCommands[command].title, value, key: `keys."${command}"` };
  });
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
