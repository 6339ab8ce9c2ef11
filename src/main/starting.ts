import type { Notice } from '../shared/app.ts';
import type { OpenedArchive } from './archive/types.ts';

/** The archive was written by a later version of Carrel and was left untouched. */
export class ArchiveTooNewError extends Error {
  override readonly name = 'ArchiveTooNewError';

  constructor(path: string, { version, supported }: Extract<OpenedArchive, { status: 'too-new' }>) {
    super(
      `${path} was written by a later version of Carrel (archive ${version}; this one reads up to ${supported}). ` +
        'It was left untouched. Start the later version, or set CARREL_HOME to another folder.',
    );
  }
}

/** Two cores on one archive would undo each other's writes. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';

  constructor(folder: string) {
    super(
      `Carrel already runs with ${folder}. Use that one, quit it first, or set CARREL_HOME to another folder.`,
    );
  }
}

export function archiveSetAside({
  asidePath,
  reason,
}: Extract<OpenedArchive, { status: 'set-aside' }>): Notice {
  return {
    id: 'archive-set-aside',
    severity: 'error',
    title: 'The archive was damaged and a fresh one was started',
    body: `Nothing was thrown away: the damaged file lies whole at ${asidePath}. ${reason}`,
    offersSettings: false,
  };
}
