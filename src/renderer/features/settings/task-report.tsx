import { Check, TriangleAlert } from 'lucide-react';
import { Icon } from '../../ui/icon.tsx';
import { Spinner } from '../../ui/status-mark.tsx';
import type { Told } from './use-task.ts';

/** What a task does, and then how it went. */
export function TaskReport({
  doing,
  told,
}: {
  readonly doing: string | undefined;
  readonly told: Told | undefined;
}) {
  if (told?.isError) {
    return (
      <p className="settings-report fail" role="alert">
        <Icon of={TriangleAlert} isSmall />
        {told.text}
      </p>
    );
  }
  return (
    <output className="settings-report muted">
      {doing !== undefined && <Spinner />}
      {doing === undefined && told && <Icon of={Check} isSmall />}
      {doing ?? told?.text}
    </output>
  );
}
