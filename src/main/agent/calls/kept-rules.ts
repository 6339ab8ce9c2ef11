import { z } from 'zod';
import type { RulePlace } from '../../../shared/approvals.ts';
import { sessionId, type SessionId } from '../../../shared/ids.ts';
import { readRules } from '../approvals/read-rules.ts';
import type { Rule } from '../approvals/types.ts';

/** Where small values of the app are kept. */
export type KeptValues = {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
};

const stored = z.object({
  tabs: z.record(z.string(), z.array(z.string())).default({}),
  projects: z.record(z.string(), z.array(z.string())).default({}),
});
type Stored = z.infer<typeof stored>;

const KEY = 'approval-rules';

/** The rules that a person kept while approving, for one tab or for a folder and all below it. */
export class KeptRules {
  readonly #values: KeptValues;
  #kept: Stored;

  constructor(values: KeptValues) {
    this.#values = values;
    this.#kept = parsed(values.get(KEY));
  }

  /** Those of this tab and of every folder above it. */
  rulesOf(id: SessionId, cwd: string): readonly Rule[] {
    const ofTab = readRules({ allow: this.#kept.tabs[id] }, { type: 'tab', sessionId: id });
    const ofProjects = Object.entries(this.#kept.projects)
      .filter(([folder]) => cwd === folder || cwd.startsWith(`${folder.replace(/\/$/, '')}/`))
      .flatMap(([folder, allow]) => readRules({ allow }, { type: 'project', folder }).rules);
    return [...ofTab.rules, ...ofProjects];
  }

  /** Those of every tab and folder. */
  all(): readonly Rule[] {
    const { tabs, projects } = this.#kept;
    return [
      ...Object.entries(tabs).flatMap(([id, allow]) => {
        const tab = sessionId.safeParse(id).data;
        return tab ? readRules({ allow }, { type: 'tab', sessionId: tab }).rules : [];
      }),
      ...Object.entries(projects).flatMap(
        ([folder, allow]) => readRules({ allow }, { type: 'project', folder }).rules,
      ),
    ];
  }

  /** Whether there was such a rule. */
  remove(rule: string, place: Exclude<RulePlace, { type: 'settings' }>): boolean {
    const { tabs, projects } = this.#kept;
    const [lists, name] = place.type === 'tab' ? [tabs, place.sessionId] : [projects, place.folder];
    if (!lists[name]?.includes(rule)) return false;
    const left = lists[name].filter((other) => other !== rule);
    const { [name]: _, ...others } = lists;
    const changed = left.length > 0 ? { ...others, [name]: left } : others;
    this.#keep(place.type === 'tab' ? { tabs: changed, projects } : { tabs, projects: changed });
    return true;
  }

  /** Throws when it cannot be written; the rule then does not count. */
  keepForTab(rule: string, id: SessionId): void {
    this.#keep({ ...this.#kept, tabs: added(this.#kept.tabs, id, rule) });
  }

  keepForProject(rule: string, folder: string): void {
    this.#keep({ ...this.#kept, projects: added(this.#kept.projects, folder, rule) });
  }

  /** A tab that is closed takes its rules with it. */
  forgetTab(id: SessionId): void {
    if (!(id in this.#kept.tabs)) return;
    const { [id]: _, ...tabs } = this.#kept.tabs;
    this.#keep({ ...this.#kept, tabs });
  }

  /** As at a start: the rules of tabs that are not open any more end. */
  keepTabs(open: ReadonlySet<string>): void {
    const tabs = Object.fromEntries(Object.entries(this.#kept.tabs).filter(([id]) => open.has(id)));
    if (Object.keys(tabs).length < Object.keys(this.#kept.tabs).length) this.#keep({ ...this.#kept, tabs });
  }

  #keep(kept: Stored): void {
    this.#values.set(KEY, JSON.stringify(kept));
    this.#kept = kept;
  }
}

function added(lists: Stored['tabs'], name: string, rule: string): Stored['tabs'] {
  return { ...lists, [name]: [...new Set([...(lists[name] ?? []), rule])] };
}

/** What cannot be read allows nothing. */
function parsed(text: string | undefined): Stored {
  try {
    return stored.parse(JSON.parse(text ?? '{}'));
  } catch {
    return stored.parse({});
  }
}
