/** What a choice holds for: this tab, this tab in its present mode, or a new tab with this one's history. */
export type Reach = 'tab' | 'mode' | 'fork';
