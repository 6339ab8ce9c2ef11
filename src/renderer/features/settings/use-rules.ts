import { useEffect, useState } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import type { RuleDescription } from '../../../shared/approvals.ts';
import { useActions } from '../../store/store.ts';

type Rules = {
  readonly rules: readonly RuleDescription[];
  readonly failure: string | undefined;
  readonly remove: (rule: RuleDescription) => void;
};

/** All rules, read again with the settings and after one was removed. */
export function useRules(settings: ClientSettings): Rules {
  const { listRules, removeRule } = useActions();
  const [rules, setRules] = useState<readonly RuleDescription[]>([]);
  const [failure, setFailure] = useState<string>();
  const [removals, setRemovals] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    async function list(): Promise<void> {
      const listed = await listRules();
      if (isCurrent && listed.ok) setRules(listed.value.rules);
    }
    void list();
    return () => {
      isCurrent = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- other settings may have other rules
  }, [listRules, settings, removals]);

  async function remove({ decision, rule, place }: RuleDescription): Promise<void> {
    if (!place) return;
    const removed = await removeRule({ decision, rule, place });
    setFailure(removed.ok ? undefined : removed.error.message);
    setRemovals((count) => count + 1);
  }

  return { rules, failure, remove: (rule) => void remove(rule) };
}
