import { useEffect, useState } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import type { ApprovalTrial } from '../../../shared/approvals.ts';
import { useActions } from '../../store/store.ts';

/** Keys that follow one another closely ask once. */
const DELAY_MS = 80;

type Answer = { readonly trial?: ApprovalTrial; readonly failure?: string };

/** What would be decided on a command, asked again with each change of it, of the rule beside it and of the settings. */
export function useTrial({
  command,
  rule,
  folder,
  settings,
}: {
  readonly command: string;
  readonly rule: string;
  readonly folder: string | undefined;
  readonly settings: ClientSettings;
}): Answer {
  const { tryApproval } = useActions();
  const [answer, setAnswer] = useState<Answer>({});
  const isEmpty = command.trim() === '';
  useEffect(() => {
    let isCurrent = true;
    async function ask(): Promise<void> {
      const rules = rule.trim() === '' ? {} : { rules: { allow: [rule] } };
      const tried = await tryApproval({ command, ...(folder !== undefined && { cwd: folder }), ...rules });
      // The last question wins, whichever answer comes last.
      if (isCurrent) setAnswer(tried.ok ? { trial: tried.value } : { failure: tried.error.message });
    }
    const timer = isEmpty ? undefined : setTimeout(() => void ask(), DELAY_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- other settings may have other rules
  }, [tryApproval, isEmpty, command, rule, folder, settings]);
  return isEmpty ? {} : answer;
}
