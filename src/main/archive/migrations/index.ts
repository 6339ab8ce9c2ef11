import { sessions } from './0001-sessions.ts';
import { usage } from './0002-usage.ts';
import { panes } from './0003-panes.ts';
import { profiles } from './0004-profiles.ts';
import { search } from './0005-search.ts';
import { approvals } from './0006-approvals.ts';
import { failedCalls } from './0007-failed-calls.ts';

/** In the order they run; `user_version` counts those that ran. Append only: one that was released is never edited. */
export const migrations: readonly string[] = [
  sessions,
  usage,
  panes,
  profiles,
  search,
  approvals,
  failedCalls,
];
