import { useKeys } from '../../store/keys.ts';
import { tabsThatNeedMe } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

/** How many other tabs wait for the person; leads to the next of them. */
export function NeedsMeButton() {
  const count = useCarrel((state) => tabsThatNeedMe(state).length);
  const { nextTabThatNeedsMe } = useActions();
  const keys = useKeys('tab.needs-me');
  if (count === 0) return null;
  return (
    <Tooltip content="Next tab that needs me" keys={keys}>
      <Button
        variant="quiet"
        className="needs-me"
        aria-label={`Next tab that needs me: ${count} waiting`}
        onClick={nextTabThatNeedsMe}
      >
        <StatusMark mark="needs" />
        <span className="strong numbers">{count}</span>
        <span className="needs-me-words">waiting</span>
        <Kbd keys={keys} />
      </Button>
    </Tooltip>
  );
}
