import type { ProviderDescription } from '../shared/app.ts';
import type { CommandError, CommandName, Handlers } from '../shared/contract.ts';
import type { KeyBinding } from '../shared/key-bindings.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { findTheme, type TerminalTheme } from '../shared/terminal-themes.ts';
import type { Connection } from './connection.ts';
import type { HostEffects } from './host-effects.ts';
import type { Models } from './models/types.ts';
import type { Profile } from './profiles/types.ts';
import type { Secrets } from './secrets.ts';
import { profileUnknown } from './sessions/errors.ts';
import type { SettingsChange, SettingsFile, SettingsValue } from './settings/types.ts';

export type SettingsParts = {
  readonly effects: HostEffects;
  readonly settingsFile: SettingsFile;
  readonly ownThemes: () => readonly TerminalTheme[];
  readonly findProfile: (name: string) => Profile | undefined;
  readonly models: Models;
  readonly secrets: Secrets;
  /** As after a change of settings.toml: the keychain is part of what it says. */
  readonly takeUpSettings: () => void;
};

type SettingsCommand = Extract<CommandName, `settings.${string}` | `provider.${string}`>;

/** The commands that change settings.toml, or that open it and try what stands there. */
export function createSettingsHandlers(parts: SettingsParts): Pick<Handlers<Connection>, SettingsCommand> {
  const { effects, settingsFile, ownThemes, findProfile, models } = parts;
  return {
    'settings.open': async () => {
      try {
        settingsFile.ensureExists();
      } catch (error) {
        return err(settingsRefused(wordsOf(error)));
      }
      await effects.openPath?.(settingsFile.path);
      return ok({ path: settingsFile.path });
    },
    'settings.setDefaultModel': ({ reference }) => {
      const checked = models.check(reference);
      return checked.ok
        ? editSettings(settingsFile, [{ path: ['defaults', 'model'], value: reference }])
        : checked;
    },
    'settings.setDefaultProfile': ({ name }) =>
      name === '' || findProfile(name)
        ? editSettings(settingsFile, [{ path: ['defaults', 'profile'], value: name || undefined }])
        : err(profileUnknown(name)),
    'settings.setTerminalTheme': ({ theme, isForLight }) => {
      const found = findTheme(theme, ownThemes());
      if (!found) return err({ code: 'bad-input', message: 'There is no theme of this name.' });
      const path = ['terminal', isForLight ? 'theme_light' : 'theme'];
      return editSettings(settingsFile, [{ path, value: found.name }]);
    },
    'settings.setKeys': ({ command, keys }) =>
      editSettings(settingsFile, [{ path: ['keys', command], value: keys && writtenKeys(keys) }]),
    'provider.save': ({ id, kind, baseUrl, isEnabled }) => {
      const changes = Object.entries({ kind, base_url: baseUrl, enabled: isEnabled }).flatMap(
        ([key, value]) =>
          value === undefined
            ? []
            : [{ path: ['providers', id, key], value: value === '' ? undefined : value }],
      );
      return editSettings(settingsFile, changes);
    },
    'provider.setKey': ({ id, key, place }) => setKey(parts, id, key, place),
    'provider.test': ({ id }) => models.test(id),
  };
}

/** The key goes where it is to lie first, so that settings.toml never names one that is not there. */
function setKey(
  { settingsFile, secrets, takeUpSettings }: SettingsParts,
  id: string,
  key: string,
  place: ProviderDescription['keyPlace'],
): Result<void, CommandError> {
  if (place === 'keychain') {
    try {
      secrets.set(id, key);
    } catch (error) {
      return err({ code: 'keychain-unavailable', message: wordsOf(error) });
    }
  }
  const values = {
    keychain: `keychain:${id}`,
    environment: `$${key.replace(/^\$/, '')}`,
    settings: key,
    none: undefined,
  };
  const edited = editSettings(settingsFile, [{ path: ['providers', id, 'api_key'], value: values[place] }]);
  // A new key under the same name changes no line of the file.
  if (edited.ok && place === 'keychain') takeUpSettings();
  return edited;
}

function editSettings(file: SettingsFile, changes: readonly SettingsChange[]): Result<void, CommandError> {
  const edited = file.edit(changes);
  return edited.ok ? ok() : err(settingsRefused(edited.error));
}

/** As short as a person would write it. */
function writtenKeys(keys: readonly KeyBinding[]): SettingsValue {
  const [first = '', ...more] = keys.map(({ key, when }) => (when === undefined ? key : { key, when }));
  return more.length === 0 ? first : [first, ...more];
}

function settingsRefused(reason: string): CommandError {
  return { code: 'settings-write-failed', message: `settings.toml could not be written. ${reason}` };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
