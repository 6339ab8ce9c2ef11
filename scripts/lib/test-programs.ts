import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstall, installPackages } from './apt.ts';
import { say } from './project.mjs';

/** Real programs that the tests run in a terminal, and the package that each comes in. */
const PROGRAMS = { vim: 'vim', less: 'less', git: 'git', top: 'procps', zsh: 'zsh', fish: 'fish' };

/** Installs what is missing where that needs no question; else says what cannot be tested. */
export async function ensureTestPrograms(): Promise<void> {
  const missing = Object.entries(PROGRAMS).filter(([program]) => !isOnPath(program));
  if (missing.length === 0) return;
  const isInstalled = canInstall() && (await installPackages(missing.map(([, name]) => name)));
  if (!isInstalled)
    say(
      `Not installed, so that tests with them cannot run: ${missing.map(([program]) => program).join(', ')}.`,
    );
}

/** Whether a shell would find the program. */
function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
