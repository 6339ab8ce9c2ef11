import { z } from 'zod';
import { budget } from './agent.ts';
import { sessionId } from './ids.ts';
import { modelList, modelPreferences, modelReference, providerKind } from './models.ts';
import { session } from './session.ts';

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

/** What a client learns from settings.toml: never a key. */
export const clientSettings = z.object({
  /** Absolute path of settings.toml. */
  path: z.string(),
  exists: z.boolean(),
  appearance: z.object({ theme: z.enum(['system', 'dark', 'light']) }),
  terminal: z.object({
    fontFamily: z.string(),
    /** CSS pixels. */
    fontSize: z.number(),
    /** Lines kept above the screen. */
    scrollback: z.number().int(),
    cursorStyle: z.enum(['block', 'bar', 'underline']),
    cursorBlink: z.boolean(),
    screenReader: z.enum(['auto', 'on', 'off']),
  }),
  modes: z.array(z.object({ name: z.string(), description: z.string() })),
  providers: z.array(providerDescription),
  /** Words that stand for a model, the tiers first. */
  aliases: z.array(z.object({ name: z.string(), reference: modelReference })),
  /** What new tabs start with. */
  defaults: z.object({ model: modelReference.optional(), mode: z.string() }),
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
  activeSessionId: sessionId.optional(),
  models: modelList,
  modelPreferences,
  settings: clientSettings,
  notices: z.array(notice),
});
export type Snapshot = z.infer<typeof snapshot>;
