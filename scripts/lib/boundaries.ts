import { globSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { PROJECT_FOLDER } from './project.mjs';

/**
 * What breaks the rules of .dependency-cruiser.cjs under `folder`/src, a line each. Seeing fewer modules than there are
 * source files is a violation too: a broken resolver or parser would otherwise pass everything.
 */
export async function findViolations(folder: string): Promise<string[]> {
  const options = await extractOptions(join(PROJECT_FOLDER, '.dependency-cruiser.cjs'));
  const { output } = await cruise(['src'], {
    ...options,
    baseDir: folder,
    validate: true,
    outputType: 'json',
  });
  const { modules, summary } = JSON.parse(output as string) as ICruiseResult;
  const seen = new Set(modules.map(({ source }) => source));
  const unseen = globSync('src/**/*.{ts,tsx}', { cwd: folder }).filter((path) => !seen.has(path));
  return [
    ...(seen.size === 0 ? ['no-modules: dependency-cruiser saw no modules at all'] : []),
    ...unseen.map((path) => `unseen: dependency-cruiser did not see ${path}`),
    ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ];
}
