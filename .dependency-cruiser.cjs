// The rule: every arrow points toward shared; hosts enter through core.ts; rooms share only types, and core.ts wires them;
// features share nothing; the renderer sees neither Node nor Electron. scripts/boundaries.test.ts proves each entry.

const TEST_CODE = '\\.test\\.tsx?$|/testing/|^(tests|bench|scripts)/';
const ROOM = '^src/main/(sessions|pty|agent|models|settings|archive|profiles)/';
const HOST = '^src/main/(electron|web)/';

/**
 * Matches modules of npm packages, however they were resolved.
 * @param {string[]} names
 */
const packages = (...names) => `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const rules = [];

/**
 * Product code under `from` must not import what `to` describes.
 * @param {string} name
 * @param {string} comment
 * @param {string | { path: string, pathNot?: string | string[] }} from
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['to']} to
 */
function forbid(name, comment, from, to) {
  const fromFiles = typeof from === 'string' ? { path: from } : from;
  const pathNot = [TEST_CODE, ...[fromFiles.pathNot ?? []].flat()];
  rules.push({ name, comment, severity: 'error', from: { ...fromFiles, pathNot }, to });
}

/**
 * Only product code under `owner` may import these packages.
 * @param {string} owner
 * @param {string} name
 * @param {string[]} packageNames
 */
function ownedBy(owner, name, ...packageNames) {
  const comment = `${packageNames.join(', ')}: in ${owner} only`;
  forbid(name, comment, { path: '^src/', pathNot: owner }, { path: packages(...packageNames) });
}

// Every arrow points toward shared.
forbid('shared-imports-only-zod', 'shared is what both ends derive from', '^src/shared/', {
  pathNot: ['^src/shared/', packages('zod')],
});
forbid('preload-is-small', 'call, on; nothing else', '^src/preload/', {
  pathNot: ['^src/(preload|shared)/', packages('electron')],
});
forbid('preload-takes-types-of-shared', 'zod has no place in the preload', '^src/preload/', {
  path: '^src/shared/',
  dependencyTypesNot: ['type-only'],
});
forbid('renderer-sees-no-main', 'a plain web page: what it knows of main is the contract', '^src/renderer/', {
  path: '^src/(main|preload)/',
});
forbid('renderer-sees-no-node', 'a plain web page', '^src/renderer/', { dependencyTypes: ['core'] });
forbid('main-sees-no-window', 'main tells the window through the contract', '^src/main/', {
  path: '^src/(renderer|preload)/',
});

// Hosts enter through core.ts; rooms share only types, and core.ts wires them.
forbid('rooms-share-only-types', 'core.ts wires the rooms', ROOM, {
  path: ROOM,
  pathNot: '^src/main/$1/',
  dependencyTypesNot: ['type-only'],
});
forbid('rooms-stand-alone', 'what a room needs is handed to it', ROOM, {
  path: '^src/main/([^/]+$|electron/|web/)',
  dependencyTypesNot: ['type-only'],
});
forbid(
  'hosts-enter-through-core',
  'hosts know the core, the home folder, the page and what keeps secrets, and no room',
  HOST,
  {
    path: '^src/main/',
    pathNot: ['^src/main/$1/', '^src/main/(core|home|page|secrets)\\.ts$'],
  },
);
forbid(
  'core-knows-no-host',
  'hosts come in by the door',
  { path: '^src/main/', pathNot: [HOST, '^src/main/index\\.ts$'] },
  {
    path: HOST,
  },
);

// The window: app on features on store on client; ui and features share nothing.
forbid('features-never-meet', 'features share nothing', '^src/renderer/features/([^/]+)/', {
  path: '^src/renderer/features/',
  pathNot: '^src/renderer/features/$1/',
});
forbid('ui-is-stateless', 'primitives know nothing of the app', '^src/renderer/ui/', {
  path: '^src/renderer/(app|features|store|client)/',
});
forbid('features-know-no-app', 'app lays out the features', '^src/renderer/(features|store|client)/', {
  path: '^src/renderer/app/',
});
forbid('store-knows-no-feature', 'features show the store', '^src/renderer/(store|client)/', {
  path: '^src/renderer/features/',
});
forbid('client-knows-no-store', 'the store is fed by the client', '^src/renderer/client/', {
  path: '^src/renderer/store/',
});

// Sole owners.
ownedBy('^src/(main/electron|preload)/|^src/main/index\\.ts$', 'owner-of-electron', 'electron');
ownedBy('^src/main/pty/', 'owner-of-node-pty', 'node-pty', '@xterm/headless');
ownedBy(
  '^src/main/models/',
  'owner-of-providers',
  '@ai-sdk/[^/]+',
  '@openrouter/ai-sdk-provider',
  'ollama-ai-provider-v2',
);
ownedBy('^src/main/(agent|models)/', 'owner-of-ai', 'ai');
ownedBy('^src/main/settings/', 'owner-of-toml', '@decimalturn/toml-patch');
ownedBy('^src/main/archive/', 'owner-of-sqlite', 'better-sqlite3');
ownedBy('^src/main/profiles/', 'owner-of-ssh-config', 'ssh-config');
ownedBy('^src/main/web/', 'owner-of-ws', 'ws');

// Whole and in order.
forbid('no-cycles', 'a cycle has no order in which it can be read', '^src/', { circular: true });
forbid('no-test-code-in-product', 'tests import the product, not the other way', '^src/', {
  path: TEST_CODE,
});
forbid(
  'main-runs-on-dependencies',
  'what main imports at run time is in "dependencies"',
  '^src/(main|preload)/',
  {
    dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
    dependencyTypesNot: ['type-only'],
    pathNot: packages('electron'),
  },
);
forbid('nothing-unresolvable', 'an import must lead somewhere', '^src/', { couldNotResolve: true });
rules.push({
  name: 'no-orphans',
  comment: 'what nothing imports is not part of the product',
  severity: 'error',
  from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$', TEST_CODE] },
  to: {},
});

module.exports = {
  forbidden: rules,
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count: an arrow is an arrow.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
