import packageJson from '../../../package.json' with { type: 'json' };

/** Of the terminal that Carrel was started in, or of Carrel's own start: they would mislead a shell in here. */
const NOT_PASSED_ON = [
  'CHROME_DESKTOP',
  'COLUMNS',
  'ELECTRON_RUN_AS_NODE',
  'LINES',
  'STY',
  'TERMCAP',
  'TMUX',
  'TMUX_PANE',
  'VTE_VERSION',
  'WINDOW',
  'WINDOWID',
] as const;

/** The user's own environment, with what says which terminal this is and without what only Carrel's start put there. */
export function shellEnvironment(user: NodeJS.ProcessEnv): Record<string, string> {
  const passedOn = Object.entries(withoutNpm(user)).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !(NOT_PASSED_ON as readonly string[]).includes(entry[0]),
  );
  return {
    ...Object.fromEntries(passedOn),
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    TERM_PROGRAM: 'Carrel',
    TERM_PROGRAM_VERSION: packageJson.version,
  };
}

/** `npm start` adds variables of its own and puts the folders of its programs at the front of PATH. */
function withoutNpm(user: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!user['npm_lifecycle_event']) return user;
  const path = user['PATH']
    ?.split(':')
    .filter((folder) => !/\/node_modules\/\.bin$|\/node-gyp-bin$/.test(folder));
  const own = Object.entries(user).filter(([name]) => !/^npm_|^(INIT_CWD|NODE)$/.test(name));
  return { ...Object.fromEntries(own), ...(path && { PATH: path.join(':') }) };
}
