import { z } from 'zod';
import { budget } from './agent.ts';
import { stance } from './approval.ts';
import { sessionId } from './ids.ts';
import { ownKeys } from './key-bindings.ts';
import { modelList, modelPreferences, modelReference, providerKind } from './models.ts';
import { profileDescription } from './profiles.ts';
import { session } from './session.ts';
import { terminalTheme } from './terminal-themes.ts';

export const providerDescription = z.object({
  id: z.string(),
  kind: providerKind,
  baseUrl: z.string().optional(),
  isEnabled: z.boolean(),
  /** Where the key lies, in words, as "$ANTHROPIC_API_KEY"; never the key. */
  keySource: z.string(),
  /** How it got there, for the form in Settings. */
  keyPlace: z.enum(['environment', 'keychain', 'settings', 'none']),
  /** Why it cannot be used now. */
  problem: z.string().optional(),
});
export type ProviderDescription = z.infer<typeof providerDescription>;

/** What a paste is asked about before it is typed. */
export const pasteReason = z.enum([
  /** Several lines, of which a program that does not know of pastes runs each but the last at once. */
  'lines',
  /** A line that begins with sudo. */
  'sudo',
]);
export type PasteReason = z.infer<typeof pasteReason>;

export const terminalSettings = z.object({
  /** A theme's name. */
  theme: z.string(),
  /** Of another theme while the window is light. */
  themeLight: z.string().exactOptional(),
  fontFamily: z.string(),
  /** CSS pixels. */
  fontSize: z.number(),
  /** From 100 to 900, as in CSS. */
  fontWeight: z.number(),
  fontWeightBold: z.number(),
  /** Times the font's size. */
  lineHeight: z.number(),
  /** CSS pixels between characters. */
  letterSpacing: z.number(),
  /** Of text on its background, from 1 (as it comes) to 21. */
  minimumContrast: z.number(),
  ligatures: z.boolean(),
  /** Lines kept above the screen. */
  scrollback: z.number().int(),
  /** Times the usual distance. */
  scrollSpeed: z.number(),
  smoothScrolling: z.boolean(),
  cursorStyle: z.enum(['block', 'bar', 'underline']),
  /** While the terminal has not the focus. */
  cursorInactiveStyle: z.enum(['outline', 'block', 'bar', 'underline', 'none']),
  cursorBlink: z.boolean(),
  bell: z.enum(['none', 'visual', 'sound']),
  /** Draws what a program tells of its progress (OSC 9;4). */
  progress: z.boolean(),
  /** Draws images of programs (Sixel, and as iTerm2 has them). */
  images: z.boolean(),
  copyOnSelect: z.boolean(),
  middleClickPaste: z.boolean(),
  pasteAsksAbout: z.array(pasteReason),
  rightClick: z.enum(['menu', 'paste', 'copy_or_paste']),
  /** A double click selects up to these characters. */
  wordSeparators: z.string(),
  screenReader: z.enum(['auto', 'on', 'off']),
});
export type TerminalSettings = z.infer<typeof terminalSettings>;

/** What a client learns from settings.toml: never a key. */
export const clientSettings = z.object({
  /** Absolute path of settings.toml. */
  path: z.string(),
  exists: z.boolean(),
  appearance: z.object({ theme: z.enum(['system', 'dark', 'light']), tabs: z.enum(['top', 'left']) }),
  terminal: terminalSettings,
  keys: ownKeys,
  /** From the files in the themes folder; they come before built-in ones of the same name. */
  ownThemes: z.array(terminalTheme),
  /** Whether the system says that a program reads the screen; what `auto` follows. */
  hasScreenReader: z.boolean(),
  modes: z.array(z.object({ name: z.string(), description: z.string(), stance })),
  providers: z.array(providerDescription),
  /** Words that stand for a model, the tiers first. */
  aliases: z.array(z.object({ name: z.string(), reference: modelReference })),
  /** What new tabs start with. */
  defaults: z.object({ model: modelReference.optional(), mode: z.string(), profile: z.string().optional() }),
  /** What tabs can be opened with, in the order that menus have them. */
  profiles: z.array(profileDescription),
  /** What each new tab may spend. */
  tabBudget: budget,
  /** US dollars a day, drawn as a line in the plot of costs; absent means no line. */
  dayBudget: z.number().optional(),
  /** Whether keys can be kept in the system's keychain, and if not, why. */
  keychain: z.discriminatedUnion('status', [
    z.object({ status: z.literal('available') }),
    z.object({ status: z.literal('unavailable'), reason: z.string() }),
  ]),
});
export type ClientSettings = z.infer<typeof clientSettings>;

/** Something a person should know that belongs to no conversation. */
export const notice = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  title: z.string(),
  body: z.string(),
  /** Offers "Open settings.toml". */
  offersSettings: z.boolean(),
});
export type Notice = z.infer<typeof notice>;

/** What only the program around the window can do to it. Desktop only. */
export const windowAction = z.enum([
  'zoom-in',
  'zoom-out',
  'zoom-reset',
  'full-screen',
  'developer-tools',
  'quit',
]);
export type WindowAction = z.infer<typeof windowAction>;

export const hostInfo = z.object({
  kind: z.enum(['desktop', 'web']),
  platform: z.string(),
  /** The user's home folder, which paths shorten to `~`. */
  homeFolder: z.string(),
  version: z.string(),
});
export type HostInfo = z.infer<typeof hostInfo>;

/** All that a client needs to draw its first frame; events with a greater sequence follow it. */
export const snapshot = z.object({
  /** Of the last event that is already in this snapshot. */
  sequence: z.number().int(),
  host: hostInfo,
  sessions: z.array(session),
  /** In front of the client's window. */
  activeSessionId: sessionId.optional(),
  models: modelList,
  modelPreferences,
  settings: clientSettings,
  notices: z.array(notice),
});
export type Snapshot = z.infer<typeof snapshot>;
