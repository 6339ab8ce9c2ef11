import type { CommandError, Input } from '../shared/contract.ts';
import { sessionId } from '../shared/ids.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { KeptRules } from './agent/calls/kept-rules.ts';
import type { SettingsFile } from './settings/types.ts';

/** Takes a rule out of settings.toml, or of what was kept for a tab or a folder. Throws when the archive takes no change. */
export function removeRule(
  { decision, rule, place }: Input<'approvals.remove'>,
  { keptRules, settingsFile }: { readonly keptRules: KeptRules; readonly settingsFile: SettingsFile },
): Result<void, CommandError> {
  if (place.type === 'tab')
    return foundOrNot(keptRules.remove(rule, { ...place, sessionId: sessionId.parse(place.sessionId) }));
  if (place.type === 'project') return foundOrNot(keptRules.remove(rule, place));
  const written = settingsFile.current.settings.approvals[decision];
  const left = written.filter((other) => other.trim() !== rule);
  if (left.length === written.length) return foundOrNot(false);
  const value = left.length > 0 ? left : undefined;
  const edited = settingsFile.edit([{ path: ['approvals', decision], value }]);
  return edited.ok ? ok() : err({ code: 'settings-write-failed', message: edited.error });
}

function foundOrNot(isFound: boolean): Result<void, CommandError> {
  if (isFound) return ok();
  return err({ code: 'rule-not-found', message: 'This rule is not kept any more.' });
}
