import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import configuration from '../.dependency-cruiser.cjs';
import { findViolations } from './lib/boundaries.ts';
import { MODULES_FOLDER, PROJECT_FOLDER } from './lib/project.mjs';

const THING = 'export const thing = 1;\n';
const importing = (specifier: string) => `import { thing } from '${specifier}';\nexport const own = thing;\n`;

/** A rule, a file that breaks it by one import, what it imports, and where that leads if to a file. */
const OFFENCES: readonly [rule: string, file: string, specifier: string, target?: string][] = [
  ['shared-imports-only-zod', 'src/shared/a.ts', 'ulid'],
  ['shared-imports-only-zod', 'src/shared/a.ts', 'node:path'],
  ['shared-imports-only-zod', 'src/shared/a.ts', '../main/b.ts', 'src/main/b.ts'],
  ['preload-is-small', 'src/preload/index.ts', 'zod'],
  ['preload-is-small', 'src/preload/index.ts', '../main/b.ts', 'src/main/b.ts'],
  ['preload-takes-types-of-shared', 'src/preload/index.ts', '../shared/b.ts', 'src/shared/b.ts'],
  ['renderer-sees-no-main', 'src/renderer/main.tsx', '../main/b.ts', 'src/main/b.ts'],
  ['renderer-sees-no-main', 'src/renderer/main.tsx', '../preload/b.ts', 'src/preload/b.ts'],
  ['renderer-sees-no-node', 'src/renderer/main.tsx', 'node:fs'],
  ['renderer-sees-no-node', 'src/renderer/main.tsx', 'path'],
  ['main-sees-no-window', 'src/main/a.ts', '../renderer/b.ts', 'src/renderer/b.ts'],
  ['rooms-share-only-types', 'src/main/pty/a.ts', '../archive/b.ts', 'src/main/archive/b.ts'],
  ['rooms-stand-alone', 'src/main/pty/a.ts', '../core.ts', 'src/main/core.ts'],
  ['rooms-stand-alone', 'src/main/pty/a.ts', '../electron/b.ts', 'src/main/electron/b.ts'],
  ['hosts-enter-through-core', 'src/main/web/a.ts', '../archive/b.ts', 'src/main/archive/b.ts'],
  ['hosts-enter-through-core', 'src/main/web/a.ts', '../dispatch.ts', 'src/main/dispatch.ts'],
  ['hosts-enter-through-core', 'src/main/electron/a.ts', '../web/b.ts', 'src/main/web/b.ts'],
  ['core-knows-no-host', 'src/main/core.ts', './web/b.ts', 'src/main/web/b.ts'],
  [
    'features-never-meet',
    'src/renderer/features/tabs/a.ts',
    '../agent/b.ts',
    'src/renderer/features/agent/b.ts',
  ],
  ['ui-is-stateless', 'src/renderer/ui/a.ts', '../app/b.ts', 'src/renderer/app/b.ts'],
  ['ui-is-stateless', 'src/renderer/ui/a.ts', '../features/tabs/b.ts', 'src/renderer/features/tabs/b.ts'],
  ['ui-is-stateless', 'src/renderer/ui/a.ts', '../store/b.ts', 'src/renderer/store/b.ts'],
  ['features-know-no-app', 'src/renderer/features/tabs/a.ts', '../../app/b.ts', 'src/renderer/app/b.ts'],
  [
    'store-knows-no-feature',
    'src/renderer/store/a.ts',
    '../features/tabs/b.ts',
    'src/renderer/features/tabs/b.ts',
  ],
  ['client-knows-no-store', 'src/renderer/client/a.ts', '../store/b.ts', 'src/renderer/store/b.ts'],
  ['owner-of-electron', 'src/main/core.ts', 'electron'],
  ['owner-of-electron', 'src/renderer/main.tsx', 'electron'],
  ['owner-of-node-pty', 'src/main/sessions/a.ts', 'node-pty'],
  ['owner-of-node-pty', 'src/main/core.ts', '@xterm/headless'],
  ['owner-of-providers', 'src/main/agent/a.ts', '@ai-sdk/openai'],
  ['owner-of-providers', 'src/main/agent/a.ts', '@openrouter/ai-sdk-provider'],
  ['owner-of-providers', 'src/main/agent/a.ts', 'ollama-ai-provider-v2'],
  ['owner-of-ai', 'src/main/sessions/a.ts', 'ai'],
  ['owner-of-toml', 'src/main/models/a.ts', '@decimalturn/toml-patch'],
  ['owner-of-sqlite', 'src/main/sessions/a.ts', 'better-sqlite3'],
  ['owner-of-ssh-config', 'src/main/core.ts', 'ssh-config'],
  ['owner-of-ws', 'src/main/electron/a.ts', 'ws'],
  ['no-cycles', 'src/main/a.ts', './a.ts'],
  ['no-test-code-in-product', 'src/main/a.ts', './b.test.ts', 'src/main/b.test.ts'],
  ['no-test-code-in-product', 'src/main/a.ts', './testing/b.ts', 'src/main/testing/b.ts'],
  ['no-test-code-in-product', 'src/main/a.ts', '../../tests/b.ts', 'tests/b.ts'],
  ['main-runs-on-dependencies', 'src/main/a.ts', 'react'],
  ['nothing-unresolvable', 'src/main/a.ts', './gone.ts'],
];

it.each(OFFENCES)('%s refuses %s that imports %s', async (rule, file, specifier, target) => {
  const folder = plant({ [file]: importing(specifier), ...(target && { [target]: THING }) });
  const broken = (await findViolations(folder)).filter((line) => line.startsWith(`${rule}: ${file} → `));
  expect(broken).toHaveLength(1);
});

it('no-orphans refuses a file that nothing imports', async () => {
  const folder = plant({ 'src/main/a.ts': THING });
  expect(await findViolations(folder)).toEqual(['no-orphans: src/main/a.ts → src/main/a.ts']);
});

it('has a case for each rule', () => {
  const proved = new Set([...OFFENCES.map(([rule]) => rule), 'no-orphans']);
  expect(configuration.forbidden.filter(({ name = '' }) => !proved.has(name))).toEqual([]);
});

it('lets through what the rule allows', async () => {
  const folder = plant({
    'src/shared/a.ts': importing('zod'),
    'src/preload/index.ts': `import type { own } from '../shared/a.ts';\n${importing('electron')}export type Own = typeof own;\n`,
    'src/main/index.ts': importing('./electron/desktop.ts'),
    'src/main/electron/desktop.ts': `import { app } from 'electron';\n${importing('../core.ts')}export { app };\n`,
    'src/main/core.ts': importing('./pty/a.ts'),
    'src/main/pty/a.ts': `import type { own } from '../archive/b.ts';\n${importing('node-pty')}export type Own = typeof own;\n`,
    'src/main/archive/b.ts': importing('../../shared/a.ts'),
    'src/main/archive/b.test.ts': importing('../pty/a.ts'),
    'src/renderer/main.tsx': importing('./app/a.ts'),
    'src/renderer/app/a.ts': importing('../features/tabs/a.ts'),
    'src/renderer/features/tabs/a.ts': importing('../../store/a.ts'),
    'src/renderer/store/a.ts': importing('../client/a.ts'),
    'src/renderer/client/a.ts': importing('../../shared/a.ts'),
  });
  expect(await findViolations(folder)).toEqual([]);
});

it('fails when it saw no modules', async () => {
  const folder = plant({ 'src/readme.txt': '' });
  expect(await findViolations(folder)).toEqual(['no-modules: dependency-cruiser saw no modules at all']);
});

/** A tree of files in a folder of their own, beside the packages of the project. */
function plant(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-boundaries-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  copyFileSync(join(PROJECT_FOLDER, 'package.json'), join(folder, 'package.json'));
  symlinkSync(MODULES_FOLDER, join(folder, 'node_modules'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
