/** A test's title starts with the id of the scenario that it proves, as "S03 …". */
const ID = /^S\d+\b/;

/** The scenarios' ids in order, each once. */
export function scenarioIds(titles: readonly string[]): string[] {
  const ids = new Set(titles.flatMap((title) => ID.exec(title) ?? []));
  return [...ids].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** A pattern for Playwright, which matches it against file, group and title joined by spaces. No ids: every scenario. */
export function scenarioPattern(ids: readonly string[]): string {
  return `(^|\\s)(${ids.length === 0 ? 'S\\d+' : ids.join('|')})\\s`;
}
