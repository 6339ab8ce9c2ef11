import { findProblems, modelOf } from './find-problems.ts';
import { parseToml } from './parse-toml.ts';
import { fileSchema, type FileContent } from './schema.ts';
import type { LoadedSettings, ModeSettings, ProviderSettings, Settings } from './types.ts';

type Modes = Readonly<Record<string, ModeSettings>>;

/** Reads the text of settings.toml. Never throws: what cannot be used has its default and is told as a problem. */
export function loadSettings(text: string, builtInModes: Modes): LoadedSettings {
  const withoutMark = text.replace(/^\uFEFF/, '');
  const parsed = parseToml(withoutMark);
  if (!parsed.ok) return defaultSettings(builtInModes, [parsed.error]);
  try {
    const { content, problems } = findProblems(withoutMark, parsed.value, Object.keys(builtInModes));
    return { settings: toSettings(content, builtInModes), problems, exists: true };
  } catch (error) {
    // zod's stack overflows at about 100,000 faults in one list.
    if (!(error instanceof RangeError)) throw error;
    const message = 'More is wrong in this file than can be told.';
    return defaultSettings(builtInModes, [{ severity: 'error', message, line: 1, column: 1 }]);
  }
}

/** What holds where the file cannot be used at all. */
export function defaultSettings(builtInModes: Modes, problems: LoadedSettings['problems']): LoadedSettings {
  return { settings: toSettings(fileSchema.parse({}), builtInModes), problems, exists: true };
}

function toSettings(content: FileContent, builtInModes: Modes): Settings {
  const { aliases, budget, switching, providers, profiles, approvals, appearance, terminal, agent } = content;
  const replaceAlias = <Named extends { readonly model?: string }>({ model, ...rest }: Named) => ({
    ...rest,
    ...defined({ model: model === undefined ? undefined : modelOf(model, aliases) }),
  });
  const modes = mapValues(content.modes, replaceAlias);
  return {
    defaults: replaceAlias(content.defaults),
    aliases,
    budget: toBudget(budget),
    switching: { askAboveDollars: switching.ask_above_dollars },
    providers: mapValues(providers, toProvider),
    modes: {
      ...builtInModes,
      ...mapValues(modes, (mode, name) => ({ description: '', prompt: '', ...builtInModes[name], ...mode })),
    },
    profiles: mapValues(profiles, ({ hidden: isHidden, ...profile }) => ({
      ...replaceAlias(profile),
      isHidden,
    })),
    approvals,
    appearance,
    terminal: toTerminal(terminal),
    keys: content.keys,
    agent: {
      idleTimeoutSeconds: agent.idle_timeout_seconds,
      maxSteps: agent.max_steps,
      retries: agent.retries,
      commandTimeoutSeconds: agent.command_timeout_seconds,
      sandbox: agent.sandbox,
      sandboxHosts: agent.sandbox_hosts,
    },
  };
}

function toTerminal(terminal: FileContent['terminal']): Settings['terminal'] {
  const { theme, ligatures, scrollback, bell, progress, images } = terminal;
  return {
    theme,
    ...defined({ themeLight: terminal.theme_light }),
    fontFamily: terminal.font_family,
    fontSize: terminal.font_size,
    fontWeight: terminal.font_weight,
    fontWeightBold: terminal.font_weight_bold,
    lineHeight: terminal.line_height,
    letterSpacing: terminal.letter_spacing,
    minimumContrast: terminal.minimum_contrast,
    ligatures,
    scrollback,
    scrollSpeed: terminal.scroll_speed,
    smoothScrolling: terminal.smooth_scrolling,
    cursorStyle: terminal.cursor_style,
    cursorInactiveStyle: terminal.cursor_inactive_style,
    cursorBlink: terminal.cursor_blink,
    bell,
    progress,
    images,
    ...defined({ editorCommand: terminal.editor_command }),
    copyOnSelect: terminal.copy_on_select,
    middleClickPaste: terminal.middle_click_paste,
    pasteAsksAbout: terminal.paste_asks_about,
    rightClick: terminal.right_click,
    wordSeparators: terminal.word_separators,
    screenReader: terminal.screen_reader,
    shellIntegration: terminal.shell_integration,
  };
}

function toBudget({
  tab_dollars: dollars,
  tab_tokens: tokens,
  tab_turns: turns,
  day_dollars: dayDollars,
}: FileContent['budget']): Settings['budget'] {
  return { tab: defined({ dollars, tokens, turns }), ...defined({ dayDollars }) };
}

function toProvider(provider: FileContent['providers'][string]): ProviderSettings {
  const { kind, headers, enabled: isEnabled, models, region, project } = provider;
  const {
    api_key: apiKey,
    base_url: baseUrl,
    context_window: contextWindow,
    api_version: apiVersion,
  } = provider;
  return {
    kind,
    headers,
    isEnabled,
    ...defined({ apiKey, baseUrl, models, contextWindow, region, project, apiVersion }),
  };
}

type Defined<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** Leaves out what is not set. */
function defined<Values extends Record<string, unknown>>(values: Values): Defined<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Defined<Values>;
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From, key: string) => To) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
