import { closest } from 'fastest-levenshtein';
import type { ClientSettings, Notice, ProviderDescription } from '../shared/app.ts';
import { allThemes, findTheme, type TerminalTheme } from '../shared/terminal-themes.ts';
import { describeProfile } from './profiles/merge-profiles.ts';
import type { FileProblem, Profile } from './profiles/types.ts';
import type { Secrets } from './secrets.ts';
import type { ThemeFolder } from './settings/theme-folder.ts';
import type { LoadedSettings, SettingsFile } from './settings/types.ts';

/** Aliases with a meaning of their own, in the order that lists have them. */
const TIERS = ['default', 'fast', 'complex', 'local'];

/** What clients learn of settings.toml. A key is named by where it lies, never by its value. */
export function describeSettings(
  file: Pick<SettingsFile, 'path' | 'current'>,
  providers: ProviderDescription[],
  { unavailable }: Pick<Secrets, 'unavailable'>,
  {
    ownThemes,
    hasScreenReader,
    profiles,
  }: {
    ownThemes: readonly TerminalTheme[];
    hasScreenReader: boolean;
    profiles: readonly Profile[];
  },
): ClientSettings {
  const { settings, exists } = file.current;
  const { shellIntegration: _, editorCommand: __, ...terminal } = settings.terminal;
  const { model, mode, profile } = settings.defaults;
  const { tab, dayDollars } = settings.budget;
  const aliases = Object.entries(settings.aliases).map(([name, reference]) => ({ name, reference }));
  const tiers = TIERS.flatMap((tier) => aliases.filter(({ name }) => name === tier));
  return {
    path: file.path,
    exists,
    appearance: settings.appearance,
    terminal,
    keys: settings.keys,
    ownThemes: [...ownThemes],
    hasScreenReader,
    modes: Object.entries(settings.modes).map(([name, { description, approvals = 'ask' }]) => ({
      name,
      description,
      stance: approvals,
    })),
    providers,
    aliases: [...tiers, ...aliases.filter(({ name }) => !TIERS.includes(name))],
    defaults: { mode, ...(model && { model }), ...(profile && { profile }) },
    profiles: profiles.map(describeProfile),
    tabBudget: tab,
    ...(dayDollars !== undefined && { dayBudget: dayDollars }),
    keychain:
      unavailable === undefined ? { status: 'available' } : { status: 'unavailable', reason: unavailable },
  };
}

const MAX_PROBLEMS_SHOWN = 5;

/** One notice for all that is wrong in settings.toml; undefined when nothing is. */
export function settingsNotice(path: string, { problems }: LoadedSettings): Notice | undefined {
  if (problems.length === 0) return undefined;
  const hasError = problems.some((problem) => problem.severity === 'error');
  const lines = problems
    .slice(0, MAX_PROBLEMS_SHOWN)
    .map((problem) => `${problem.line}:${problem.column} ${problem.message}`);
  if (problems.length > lines.length) lines.push(`… and ${problems.length - lines.length} more.`);
  const consequence = hasError
    ? 'Safe defaults stand in for what is wrong; open tabs keep their choices, and the file is left as it is.'
    : 'Everything else is in use.';
  return {
    id: 'settings',
    severity: hasError ? 'error' : 'warning',
    title: hasError ? 'settings.toml has an error' : 'settings.toml has an unknown key',
    body: [...lines, `${consequence} ${path} is watched until it is mended.`].join('\n'),
    offersSettings: true,
  };
}

/** One notice for the themes that cannot be used: files that are none, and names in settings.toml that no theme has. */
export function themesNotice(
  { terminal }: LoadedSettings['settings'],
  { path, current: { themes, problems } }: Pick<ThemeFolder, 'path' | 'current'>,
): Notice | undefined {
  const names = allThemes(themes).map(({ name }) => name);
  const unknown = (['theme', 'themeLight'] as const).flatMap((key) => {
    const wanted = terminal[key];
    if (wanted === undefined || findTheme(wanted, themes)) return [];
    const setting = key === 'theme' ? 'theme' : 'theme_light';
    const nearest = closest(wanted, names);
    return [
      `terminal.${setting} is neither a built-in theme nor a file in ${path}; the nearest is "${nearest}".`,
    ];
  });
  const lines = [...unknown, ...problems.map(({ file, message }) => `${file}: ${message}`)];
  if (lines.length === 0) return undefined;
  if (lines.length > MAX_PROBLEMS_SHOWN)
    lines.splice(MAX_PROBLEMS_SHOWN, Infinity, `… and ${lines.length - MAX_PROBLEMS_SHOWN} more.`);
  return {
    id: 'terminal-themes',
    severity: 'warning',
    title: 'A terminal theme cannot be used',
    body: lines.join('\n'),
    offersSettings: unknown.length > 0,
  };
}

/** One notice for the profiles that cannot be had: hosts in files that cannot be read, and a default that is none. */
export function profilesNotice(
  { defaults }: LoadedSettings['settings'],
  profiles: readonly Profile[],
  problems: readonly FileProblem[],
): Notice | undefined {
  const names = profiles.map(({ name }) => name);
  const { profile: wanted } = defaults;
  const isUnknown = wanted !== undefined && !names.includes(wanted);
  const lines = problems.map(({ path, message }) => `${path}: ${message} Its hosts are left out.`);
  if (isUnknown) {
    const nearest = closest(wanted, names);
    lines.unshift(
      `defaults.profile names no profile; the nearest is "${nearest}". New tabs open your shell.`,
    );
  }
  if (lines.length === 0) return undefined;
  if (lines.length > MAX_PROBLEMS_SHOWN)
    lines.splice(MAX_PROBLEMS_SHOWN, Infinity, `… and ${lines.length - MAX_PROBLEMS_SHOWN} more.`);
  return {
    id: 'profiles',
    severity: 'warning',
    title: 'A profile cannot be used',
    body: lines.join('\n'),
    offersSettings: isUnknown,
  };
}
