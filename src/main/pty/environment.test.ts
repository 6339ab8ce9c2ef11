import { expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { shellEnvironment } from './environment.ts';

const added = {
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  TERM_PROGRAM: 'Carrel',
  TERM_PROGRAM_VERSION: packageJson.version,
};

it("keeps the user's own variables and says which terminal this is", () => {
  const user = {
    HOME: '/home/me',
    NODE_OPTIONS: '--trace-warnings',
    npm_config_registry: 'https://example.org',
    EMPTY: '',
  };
  const other = {
    TERM: 'screen',
    TMUX: '/tmp/tmux',
    COLUMNS: '80',
    ELECTRON_RUN_AS_NODE: '1',
    GONE: undefined,
  };
  expect(shellEnvironment({ ...user, ...other })).toEqual({ ...user, ...added });
});

it('takes back what npm added to start Carrel', () => {
  const npm = {
    npm_lifecycle_event: 'start',
    npm_package_name: 'carrel',
    INIT_CWD: '/carrel',
    NODE: '/usr/bin/node',
  };
  const PATH = '/carrel/node_modules/.bin:/usr/lib/node_modules/npm/node-gyp-bin:/usr/local/bin:/usr/bin';
  expect(shellEnvironment({ ...npm, PATH, LANG: 'C.UTF-8' })).toEqual({
    PATH: '/usr/local/bin:/usr/bin',
    LANG: 'C.UTF-8',
    ...added,
  });
});
