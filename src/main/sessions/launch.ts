import type { StoredSession } from '../archive/types.ts';
import type { Profile } from '../profiles/types.ts';
import type { PtyOptions } from '../pty/types.ts';
import type { SessionDependencies } from './dependencies.ts';
import { loginShell } from './folders.ts';

/** What a session's terminal runs. */
export type Launch = Pick<PtyOptions, 'shell' | 'shellArguments' | 'variables' | 'settingsKey'>;

/** The shell of tabs whose profile names no program. */
export function defaultShell({
  settings,
  environment,
}: Pick<SessionDependencies, 'settings' | 'environment'>): string {
  return settings().defaults.shell ?? loginShell(environment);
}

/** As the profile is now: a tab that comes back takes over what was changed of it meanwhile. */
export function launchOf(profile: Profile, defaultShell: string): Launch {
  const { name, command = defaultShell, args, env } = profile;
  return {
    shell: command,
    ...(args && { shellArguments: args }),
    variables: env,
    ...(profile.command !== undefined && { settingsKey: `[profiles.${tomlKey(name)}] command` }),
  };
}

/** A tab whose profile has gone keeps the profile's name, and runs the default shell: what it ran is not known any more. */
export function launchStored(
  stored: StoredSession,
  deps: Pick<SessionDependencies, 'settings' | 'environment' | 'findProfile' | 'raiseNotice'>,
): Launch {
  if (stored.profile === '') return { shell: stored.shell };
  const profile = deps.findProfile(stored.profile);
  const shell = defaultShell(deps);
  if (profile) return launchOf(profile, shell);
  deps.raiseNotice({
    id: `profile-${stored.profile}`,
    severity: 'warning',
    title: `The profile ${stored.profile} has gone`,
    body: `Its tabs open with ${shell} instead. Once there is a profile of this name again, they start it when Carrel starts next.`,
    offersSettings: true,
  });
  return { shell };
}

function tomlKey(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}
