import { expect, it } from 'vitest';
import { userEnvironment } from './user-environment.ts';

it("gives shells the person's own environment back", () => {
  const environment = {
    HOME: '/home/ada',
    NODE_ENV: 'production',
    npm_config_loglevel: 'silent',
    npm_package_name: 'carrel',
    INIT_CWD: '/home/ada/carrel',
    NODE: '/usr/bin/node',
    COLOR: '1',
    PATH: [
      '/home/ada/carrel/node_modules/node/bin',
      '/home/ada/carrel/node_modules/.bin',
      '/home/ada/node_modules/.bin',
      '/home/node_modules/.bin',
      '/node_modules/.bin',
      '/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin',
      '/home/ada/other/node_modules/.bin',
      '/usr/bin',
    ].join(':'),
  };
  expect(userEnvironment(environment, '/home/ada/carrel/')).toEqual({
    HOME: '/home/ada',
    NODE_ENV: 'production',
    PATH: '/home/ada/other/node_modules/.bin:/usr/bin',
  });
});
