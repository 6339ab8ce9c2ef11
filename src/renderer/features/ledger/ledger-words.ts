import type { ApprovalScope, LedgerEntry } from '../../../shared/approval.ts';
import { assertNever } from '../../../shared/result.ts';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const whole = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });

export function timeInWords({ askedAt, endedAt }: LedgerEntry): {
  readonly time: string;
  readonly whole: string;
} {
  const ended = endedAt === undefined ? '' : `, ended ${clock.format(endedAt)}`;
  return {
    time: `${day.format(askedAt)}, ${clock.format(askedAt)}`,
    whole: `Asked ${whole.format(askedAt)}${ended}`,
  };
}

const SCOPES: Readonly<Record<ApprovalScope, string>> = {
  once: 'You, once',
  tab: 'You, for the tab',
  project: 'You, for the project',
  always: 'You, for always',
};

/** Who decided, and the rule that did or was kept. */
export function decisionInWords({ status, decidedBy, scope, rule }: LedgerEntry): {
  readonly who: string;
  readonly rule?: string;
} {
  const kept = rule === undefined ? {} : { rule };
  if (decidedBy === 'person') return { who: scope === undefined ? 'You' : SCOPES[scope], ...kept };
  if (decidedBy === 'rule')
    return { who: rule === undefined ? 'The mode, or a built-in rule' : 'A rule', ...kept };
  return { who: status === 'waiting' ? 'Nobody yet' : 'Nobody' };
}

/** What came of it. */
export function outcomeInWords({ status, exitCode, hasFailed, endedAt, action }: LedgerEntry): {
  readonly words: string;
  readonly isFailure: boolean;
  readonly isWaiting: boolean;
} {
  const outcome = (words: string, isFailure = false, isWaiting = false) => ({ words, isFailure, isWaiting });
  switch (status) {
    case 'waiting':
      return outcome('Waits for you', false, true);
    case 'denied':
      return outcome('Denied, not run');
    case 'expired':
      return outcome('Expired, not run');
    case 'allowed':
      if (exitCode !== undefined) return outcome(`Exit ${exitCode}`, exitCode !== 0);
      if (endedAt === undefined) return outcome('Allowed, end not known');
      if (hasFailed) return outcome('Failed', true);
      return outcome(action.type === 'execute' ? 'Allowed, no exit code' : 'Done');
    default:
      return assertNever(status);
  }
}
