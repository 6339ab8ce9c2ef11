import type { ProfileDescription } from '../../shared/profiles.ts';
import type { Settings } from '../settings/types.ts';
import type { FoundProfile, Profile } from './types.ts';

/**
 * All profiles: those of settings.toml first, then what was found. One of settings.toml with the name of a found one changes it,
 * and arguments of the found one go with its command.
 */
export function mergeProfiles(
  found: readonly FoundProfile[],
  written: Settings['profiles'],
): readonly Profile[] {
  const names = new Set(found.map(({ name }) => name));
  const own = Object.entries(written)
    .filter(([name]) => !names.has(name))
    .map(([name, profile]) => ({
      ...profile,
      name,
      source: 'settings' as const,
      origin: 'settings.toml',
      isChanged: false,
    }));
  const others = found.map(({ args, ...rest }) => {
    const change = Object.hasOwn(written, rest.name) ? written[rest.name] : undefined;
    const ownArguments = args && change?.command === undefined ? { args } : {};
    return { env: {}, isHidden: false, ...rest, ...ownArguments, ...change, isChanged: change !== undefined };
  });
  return [...own, ...others];
}

/** What clients learn of a profile. */
export function describeProfile(profile: Profile): ProfileDescription {
  const { env: _, command, args = [], ...rest } = profile;
  return { ...rest, commandLine: command === undefined ? '' : [command, ...args].map(quoted).join(' ') };
}

function quoted(word: string): string {
  return /^[\w@%+=:,./\\~-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
