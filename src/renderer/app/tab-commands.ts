import type { SessionId } from '../../shared/ids.ts';
import { tabColour, type ProfileDescription } from '../../shared/profiles.ts';
import type { Actions } from '../store/actions.ts';
import { offeredProfiles } from '../store/selectors.ts';

/** More would make the palette slow; the menu beside "New tab" has them all. */
const MOST_PROFILES = 100;

/** A new tab with each profile that is offered; the first nine have a key. */
export function profileCommands(
  profiles: readonly ProfileDescription[],
  { openTab }: Pick<Actions, 'openTab'>,
) {
  return offeredProfiles(profiles)
    .slice(0, MOST_PROFILES)
    .map(({ name }, index) => ({
      id: `tab.new.${name}`,
      title: `New tab: ${name}`,
      ...(index < 9 && { keys: `Control+Shift+${index + 1}` }),
      run: () => void openTab(name),
    }));
}

/** What a tab's menu has, for the active tab. */
export function tabCommands(
  actions: Actions,
  active: (act: (sessionId: SessionId) => unknown) => () => void,
) {
  return [
    { id: 'tab.pin', title: 'Pin or unpin tab', run: active(actions.togglePinned) },
    { id: 'tab.duplicate', title: 'Duplicate tab', run: active(actions.duplicateTab) },
    { id: 'tab.close-others', title: 'Close other tabs', run: active(actions.closeOtherTabs) },
    {
      id: 'tab.close-right',
      title: 'Close tabs to the right',
      run: active(actions.closeTabsToTheRight),
    },
    ...[undefined, ...tabColour.options].map((colour) => ({
      id: `tab.colour.${colour ?? 'none'}`,
      title: `Tab colour: ${colour ?? 'none'}`,
      run: active((sessionId) => actions.setTabColour(sessionId, colour)),
    })),
  ];
}
