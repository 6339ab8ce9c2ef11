import type { Word } from '../types.ts';
import type { ProgramSpec } from './types.ts';

const LOOK: ProgramSpec = {
  options:
    '-alg --json --all --long --parseable --depth= --global --silent -s --prod --dev --omit= --include= --workspaces --audit-level= --recursive -r',
};
const SCOPE =
  '-w: --workspace= --workspaces --include-workspace-root --if-present --silent -s --ignore-scripts --verbose --quiet -q --no-color --color? --loglevel= --filter= -F: --recursive -r --parallel --stream --no-bail';
const RUN: ProgramSpec = { options: SCOPE, first: ['task'], operands: 'plain' };
const TEST: ProgramSpec = { options: SCOPE, operands: 'plain' };
/** Of what the lock file names: packages that are new must be named. */
const INSTALL: ProgramSpec = {
  options: `${SCOPE} --frozen-lockfile --immutable --prefer-offline --offline --no-audit --no-fund --no-progress --omit= --include= --production --prod --no-optional --legacy-peer-deps --dry-run --check-files --no-save -P -D --dev`,
  operands: 'named',
};
const EXEC: ProgramSpec = {
  mustBeNamed: true,
  options: '--no-install --no -q --quiet --silent',
  operands: 'runs',
};
/** Once it is named, by the plain names that a registry has. */
const ADD: ProgramSpec = {
  mustBeNamed: true,
  options: `${SCOPE} -DEOP --save-dev --save --save-exact --save-prod --save-optional --no-save --dev --exact --no-audit --no-fund --legacy-peer-deps --prefer-offline --omit= --frozen-lockfile`,
  check: (words, isCovered) =>
    words.some(
      ({ text }, index) =>
        isCovered(index) &&
        !text.startsWith('-') &&
        !/^(?:@[\w.-]+\/)?[\w][\w.-]*(?:@[\w.^~<>=-]+)?$/.test(text),
    )
      ? 'It is not the plain name of a package.'
      : undefined,
};

/** Without names it takes what the lock file names; a `*` that is to let names in follows the very word. */
const INSTALL_OR_ADD: ProgramSpec = {
  options: `${INSTALL.options} ${ADD.options}`,
  check: (words, isCovered) =>
    isCovered(-1) && words.some(({ text }) => !text.startsWith('-'))
      ? 'It adds packages; a rule has to name that.'
      : ADD.check?.(words, isCovered),
};

/** Usual names of scripts, which some run without the word "run". */
const scripts = Object.fromEntries(
  ['build', 'lint', 'format', 'typecheck', 'dev', 'check', 'clean'].map((name) => [name, TEST]),
);

const looks = Object.fromEntries(
  [
    'ls',
    'list',
    'll',
    'outdated',
    'view',
    'info',
    'show',
    'why',
    'explain',
    'fund',
    'query',
    'root',
    'bin',
    'ping',
    'whoami',
    'search',
    'licenses',
    'doctor',
  ].map((name) => [name, LOOK]),
);
const AUDIT: ProgramSpec = { ...LOOK, operands: 'named' };

/** `options` before the subcommand, exactly: one that takes a word which is here taken for the subcommand would hide the true one. */
function packageManager(options: string, more: Readonly<Record<string, ProgramSpec>> = {}): ProgramSpec {
  return {
    options: `-v --version ${options}`,
    subcommands: {
      ...looks,
      audit: AUDIT,
      run: RUN,
      'run-script': RUN,
      rum: RUN,
      test: TEST,
      t: TEST,
      tst: TEST,
      start: TEST,
      stop: TEST,
      restart: TEST,
      exec: EXEC,
      x: EXEC,
      dlx: EXEC,
      add: ADD,
      prefix: LOOK,
      ...more,
    },
  };
}

const GO_BUILD: ProgramSpec = {
  hasLongDash: true,
  options:
    '--v --x --n --a --race --short --count= --run= --timeout= --cover --bench= --benchmem --json --failfast --parallel= --p= --tags= --trimpath --list= --shuffle= --skip= --cpu= --coverpkg= --covermode= --benchtime=',
  operands: 'plain',
};

const CARGO_OPTIONS =
  '-vqrp: -j: -F: --verbose --quiet --release --package= --workspace --all --lib --bins --bin= --examples --example= --tests --test= --benches --bench= --all-targets --doc --no-run --no-fail-fast --jobs= --features= --all-features --no-default-features --profile= --locked --offline --frozen --color= --message-format= --exclude= --keep-going --check --no-deps --document-private-items';
const CARGO: ProgramSpec = { options: CARGO_OPTIONS, operands: 'plain' };

/** Behind `--` it is told which lints to heed. */
const CLIPPY: ProgramSpec = {
  ...CARGO,
  operands: 'text',
  check: (words, isCovered) => {
    const end = words.findIndex(({ text }) => text === '--');
    const isLint = ({ text }: Word) => /^(?:--|-[AWDF]|[\w:-]+)$/.test(text);
    return end >= 0 && words.some((word, index) => index > end && isCovered(index) && !isLint(word))
      ? 'It is no name of a lint.'
      : undefined;
  },
};

/** Programs that build, test and fetch what a project stands on. */
export const packages: Readonly<Record<string, ProgramSpec>> = {
  npm: packageManager('-s --silent -q --quiet --no-color -w: --workspace= --if-present --ignore-scripts', {
    ci: INSTALL,
    'clean-install': INSTALL,
    install: INSTALL_OR_ADD,
    i: INSTALL_OR_ADD,
    version: { options: '', operands: 'named' },
    pack: { options: '--dry-run --json', operands: 'named', check: needs('--dry-run') },
  }),
  pnpm: packageManager('-s --silent -wr --recursive --workspace-root -F: --filter=', {
    ...scripts,
    install: INSTALL_OR_ADD,
    i: INSTALL_OR_ADD,
  }),
  yarn: packageManager('-s --silent', {
    install: INSTALL,
    ...scripts,

    workspace: { mustBeNamed: true },
  }),
  bun: packageManager('', { install: INSTALL_OR_ADD, i: INSTALL_OR_ADD }),
  npx: { options: '--no-install --no -q --quiet', operands: 'runs' },
  pnpx: { options: '', operands: 'runs' },
  bunx: { options: '', operands: 'runs' },
  uvx: { options: '', operands: 'runs' },
  pipx: { options: '', subcommands: { list: { options: '--short' }, run: EXEC } },
  uv: {
    options: '',
    subcommands: {
      run: EXEC,
      sync: INSTALL,
      tree: LOOK,
      version: { options: '' },
      pip: { options: '', subcommands: { list: LOOK, show: LOOK, freeze: LOOK, check: LOOK } },
    },
  },
  poetry: {
    options: '-q --quiet',
    subcommands: {
      run: EXEC,
      show: LOOK,
      check: LOOK,
      install: INSTALL,
      version: { options: '-s --short', operands: 'named' },
    },
  },
  bundle: {
    options: '',
    subcommands: {
      exec: EXEC,
      list: LOOK,
      show: LOOK,
      check: LOOK,
      outdated: LOOK,
      install: { ...INSTALL, options: '--quiet --local --jobs=' },
    },
  },
  pip: { options: '--version', subcommands: pip() },
  pip3: { options: '--version', subcommands: pip() },
  cargo: {
    options: '-vqV --verbose --quiet --version --color= --locked --offline --frozen',
    subcommands: {
      ...Object.fromEntries(
        [
          'build',
          'b',
          'check',
          'c',
          'test',
          't',
          'bench',
          'clippy',
          'doc',
          'run',
          'r',
          'fmt',
          'nextest',
          'tree',
          'metadata',
          'fetch',
          'clean',
          'verify-project',
          'version',
        ].map((name) => [name, CARGO]),
      ),
      clippy: CLIPPY,
      update: { options: '-vq --dry-run -p: --package= --workspace' },
    },
  },
  go: {
    options: '',
    subcommands: {
      build: GO_BUILD,
      test: GO_BUILD,
      vet: { hasLongDash: true, options: '--v --json', operands: 'plain' },
      fmt: { options: '-n -x', operands: 'plain' },
      run: {
        hasLongDash: true,
        options: '--v --race --tags=',
        operands: 'script',
        check: (words, isCovered) => {
          const at = words.findIndex(({ text }) => !text.startsWith('-'));
          const own = /^\.(?:\/|$)|\.go$/.test(words[at]?.text ?? '');
          return isCovered(at) && !own ? 'It runs a package that may lie elsewhere.' : undefined;
        },
      },
      list: { hasLongDash: true, options: '--m --u --json --f= --deps --test --e', operands: 'plain' },
      doc: { hasLongDash: true, options: '--all --src --short --u --c' },
      version: { options: '-m -v' },
      env: { hasLongDash: true, options: '--json' },
      mod: {
        options: '',
        subcommands: {
          tidy: { options: '-v' },
          verify: { options: '' },
          graph: { options: '' },
          why: { options: '-m' },
          download: { options: '-x -json', operands: 'named' },
          vendor: { options: '-v' },
        },
      },
    },
  },
  dotnet: {
    options: '--version --info',
    subcommands: Object.fromEntries(
      ['build', 'test', 'run', 'restore', 'format', 'clean'].map((name) => [
        name,
        {
          options:
            '-c: --configuration= -v: --verbosity= -f: --framework= --filter= --no-build --no-restore --nologo --verify-no-changes --project/',
          operands: 'plain',
        },
      ]),
    ),
  },
  make: {
    options:
      '-kBnsSqij? -l? --keep-going --always-make --dry-run --just-print --silent --quiet --jobs? --load-average? --no-print-directory -C/ --directory/ --output-sync? --trace --warn-undefined-variables --question -v --version',
    operands: 'task',
  },
  ninja: { options: '-vnj: -k: -l: -C/ --version --verbose --quiet', operands: 'task' },
  just: { options: '-lnqv --list --dry-run --summary --quiet --version', operands: 'task' },
};

function needs(option: string): NonNullable<ProgramSpec['check']> {
  return (words) =>
    words.some(({ text }) => text === option)
      ? undefined
      : `Without ${option} it writes; a rule has to name that.`;
}

function pip(): Readonly<Record<string, ProgramSpec>> {
  return { list: LOOK, show: LOOK, freeze: LOOK, check: LOOK };
}
