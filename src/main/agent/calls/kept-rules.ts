import { z } from 'zod';
import type { SessionId } from '../../../shared/ids.ts';
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
  rulesOf(sessionId: SessionId, cwd: string): readonly Rule[] {
    const ofTab = readRules({ allow: this.#kept.tabs[sessionId] }, { type: 'tab', sessionId });
    const ofProjects = Object.entries(this.#kept.projects)
      .filter(([folder]) => cwd === folder || cwd.startsWith(`${folder.replace(/\/$/, '')}/`))
      .flatMap(([folder, allow]) => readRules({ allow }, { type: 'project', folder }).rules);
    return [...ofTab.rules, ...ofProjects];
  }

  /** Throws when it cannot be written; the rule then does not count. */
  keepForTab(rule: string, sessionId: SessionId): void {
    this.#keep({ ...this.#kept, tabs: added(this.#kept.tabs, sessionId, rule) });
  }

  keepForProject(rule: string, folder: string): void {
    this.#keep({ ...this.#kept, projects: added(this.#kept.projects, folder, rule) });
  }

  /** A tab that is closed takes its rules with it. */
  forgetTab(sessionId: SessionId): void {
    if (!(sessionId in this.#kept.tabs)) return;
    const { [sessionId]: _, ...tabs } = this.#kept.tabs;
    this.#keep({ ...this.#kept, tabs });
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
