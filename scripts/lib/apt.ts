import { readFileSync } from 'node:fs';
import { runChild } from './child.mjs';
import { elapsed, say } from './project.mjs';

/** Of one apt-get; a browser with its fonts comes to 200 MB. */
const TIMEOUT_MS = 5 * 60_000;

let isUpdated = false;

/** Whether packages can be installed without asking anybody: root on Debian, Ubuntu or a relative. */
export function canInstall(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Installs packages of the distribution; false when that failed, for which apt-get has then given the reason. */
export async function installPackages(names: readonly string[]): Promise<boolean> {
  const startedAt = performance.now();
  say(`Installing ${names.join(', ')} (apt-get) …`);
  isUpdated ||= await aptGet('update');
  const isOk = await aptGet('install', '-y', '--no-install-recommends', ...names);
  say(isOk ? `Installed in ${elapsed(startedAt)}.` : `Installing ${names.join(', ')} failed: see above.`);
  return isOk;
}

async function aptGet(...args: readonly string[]): Promise<boolean> {
  const quick = [
    '-q',
    '-o',
    'Acquire::Retries=1',
    '-o',
    'Acquire::http::Timeout=20',
    '-o',
    'Dpkg::Use-Pty=0',
  ];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Its stdout, too, goes to stderr: ours is for results.
  return (
    (await runChild('apt-get', [...quick, ...args], {
      env,
      stdio: ['ignore', 2, 2],
      timeout: TIMEOUT_MS,
    })) === 0
  );
}
