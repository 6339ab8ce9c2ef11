import type { CommandError, PlainError } from '../../shared/contract.ts';

export function commandError(code: PlainError['code'], message: string): PlainError {
  return { code, message };
}

export function archiveRefused(error: unknown): CommandError {
  const reason = error instanceof Error ? error.message : String(error);
  return commandError(
    'archive-write-failed',
    `Nothing was changed, because it could not be saved. ${reason}`,
  );
}

export function profileUnknown(name: string): CommandError {
  return commandError('profile-unknown', `There is no profile ${name}. Settings lists those that there are.`);
}

export function modeUnknown(mode: string, known: readonly string[]): CommandError {
  return commandError('mode-unknown', `There is no mode ${mode}. The modes are ${known.join(', ')}.`);
}

export const CLOSED = commandError('session-closed', 'This tab is closed.');
