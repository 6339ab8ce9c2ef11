import { activeSession } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { OptionPicker } from './option-picker.tsx';

/** Picks how the active tab's agent behaves. */
export function ModePicker() {
  const session = useCarrel(activeSession);
  const modes = useCarrel((state) => state.settings?.modes);
  const { setMode } = useActions();
  if (!session) return null;
  const { id, ai } = session;
  return (
    <OptionPicker
      session={session}
      title="Choose a mode"
      searchLabel="Search modes"
      listLabel="Modes"
      options={modes ?? []}
      current={ai.next?.mode ?? ai.mode}
      isOwnChoice={ai.modeSource === 'tab'}
      onPick={(mode = '') => setMode(id, mode)}
    />
  );
}
