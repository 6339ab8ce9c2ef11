import { History } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { modelLabel } from '../../../shared/models.ts';
import type { ClosedSession, Session } from '../../../shared/session.ts';
import { shortPath, shownModel, tabsByUse, tabState } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Chooser, ChooserEmpty, ChooserGroup, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatWhen } from '../../ui/format-when.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ProfileIcon } from '../../ui/profile-icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { bestTabs, type TabWords } from './match-tabs.ts';
import { MARKS, WORDS } from './tab.tsx';

type OpenTab = TabWords & { readonly session: Session; readonly isElsewhere: boolean };
type ClosedTab = TabWords & { readonly session: ClosedSession };

/** Goes to a tab, or brings a closed one back. The one used before is highlighted, so that Enter alone goes there. */
export function TabSwitcher() {
  const { closeDialog, activateTab, reopenTab } = useActions();
  const [search, setSearch] = useState('');
  const chosen = useRef<() => void>(undefined);
  const open = useOpenTabs();
  const closed = useClosedTabs();
  const { here = [], elsewhere = [] } = Object.groupBy(bestTabs(open, search), ({ isElsewhere }) =>
    isElsewhere ? 'elsewhere' : 'here',
  );
  const foundClosed = bestTabs(closed ?? [], search);

  const openRow = (tab: OpenTab) => (
    <ChooserOption
      key={tab.session.id}
      className="chooser-option-tall"
      value={tab.session.id}
      onSelect={() => choose(() => activateTab(tab.session.id))}
    >
      <OpenRow tab={tab} />
    </ChooserOption>
  );

  function choose(act: () => void): void {
    chosen.current = act;
    closeDialog();
  }

  return (
    <Dialog
      title="Switch to tab"
      className="dialog-narrow"
      onClose={closeDialog}
      // The tab that is gone to takes the focus for itself.
      onClosed={() => chosen.current?.()}
    >
      <Chooser
        searchLabel="Search tabs"
        listLabel="Tabs"
        defaultValue={(here[1] ?? here[0])?.session.id ?? ''}
        onSearch={setSearch}
      >
        {closed && <ChooserEmpty>No tab has this in its title, folder, program or model.</ChooserEmpty>}
        {here.map(openRow)}
        {elsewhere.length > 0 && <ChooserGroup title="Other windows">{elsewhere.map(openRow)}</ChooserGroup>}
        {foundClosed.length > 0 && (
          <ChooserGroup title="Recently closed">
            {foundClosed.map((tab) => (
              <ChooserOption
                key={tab.session.id}
                className="chooser-option-tall"
                value={tab.session.id}
                onSelect={() => choose(() => void reopenTab(tab.session.id))}
              >
                <ClosedRow tab={tab} />
              </ChooserOption>
            ))}
          </ChooserGroup>
        )}
      </Chooser>
      <footer className="dialog-foot">
        <span>
          <Kbd keys="Enter" isCap /> Go there
        </span>
        <span>
          <Kbd keys="Escape" isCap /> Stay
        </span>
      </footer>
    </Dialog>
  );
}

function OpenRow({ tab: { session, folders, model, programs } }: { readonly tab: OpenTab }) {
  const state = tabState(session);
  const words = WORDS[state];
  const isActive = useCarrel((state) => state.activeSessionId === session.id);
  return (
    <>
      <StatusMark mark={MARKS[state]} />
      <span className="chooser-lines">
        <span className="tab-choice-title">
          {session.icon && <ProfileIcon name={session.icon} isSmall />}
          <span className="strong cut">{session.title}</span>
          {isActive && <span className="faint text-small"> this tab</span>}
        </span>
        <span className="tab-choice-facts">
          {words && <span className={words.className}>{words.word}</span>}
          {programs.length > 0 && <span className="mono">{programs.join(', ')}</span>}
          <span className="cut">{folders.join(', ')}</span>
        </span>
      </span>
      <span className="tab-choice-model cut">{model}</span>
    </>
  );
}

function ClosedRow({ tab: { session, folders, model } }: { readonly tab: ClosedTab }) {
  return (
    <>
      <span className="muted">
        <Icon of={History} />
      </span>
      <span className="chooser-lines">
        <span className="cut">{session.title}</span>
        <span className="tab-choice-facts">
          <span>Closed {formatWhen(session.closedAt)}</span>
          <span className="cut">{folders}</span>
        </span>
      </span>
      <span className="tab-choice-model cut">{model}</span>
    </>
  );
}

/** The active tab, then the others by use: as they were when the list was opened, so that nothing moves under the hand. */
function useOpenTabs(): readonly OpenTab[] {
  const sessions = useCarrel((state) => state.sessions);
  const elsewhere = useCarrel((state) => state.elsewhere);
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const [byUse] = useState(() => tabsByUse({ ...sessions, ...elsewhere }, activeSessionId));
  const picks = useCarrel((state) => state.picks);
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  return byUse.flatMap((id) => {
    const session = sessions[id] ?? elsewhere[id];
    if (!session) return [];
    const { title, cwd, runningProgram, panes } = session;
    const folders = new Set([cwd, ...panes.map((pane) => pane.cwd)]);
    const programs = new Set([runningProgram, ...panes.map((pane) => pane.runningProgram)]);
    return {
      session,
      isElsewhere: id in elsewhere,
      title,
      model: modelLabel(shownModel(session, picks[id]).model),
      folders: Array.from(folders, (folder) => shortPath(folder, homeFolder)),
      programs: [...programs].filter((program) => program !== undefined),
    };
  });
}

/** Undefined until they are known; none where they cannot be had. */
function useClosedTabs(): readonly ClosedTab[] | undefined {
  const { listClosed } = useActions();
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  const [sessions, setSessions] = useState<readonly ClosedSession[]>();
  useEffect(() => {
    void listClosed().then((outcome) => setSessions(outcome.ok ? outcome.value : []));
  }, [listClosed]);
  return sessions?.map((session) => {
    const { title, cwd, model } = session;
    return { session, title, model: modelLabel(model), folders: [shortPath(cwd, homeFolder)], programs: [] };
  });
}
