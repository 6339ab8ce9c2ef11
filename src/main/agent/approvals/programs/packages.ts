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

const DOCKER_LOOK: ProgramSpec = {
  options:
    '-aqnfl: -s --all --quiet --no-trunc --format= --filter= --last= --latest --size --tail= --follow --timestamps -t --since= --until= --no-color --services --details',
};

const KUBE_LOOK: ProgramSpec = {
  options:
    '-Aown: -l: --all-namespaces --output= --namespace= --selector= --watch -w --tail= --since= --container= -c: --previous --show-labels --sort-by= --no-headers --field-selector= --timestamps --context=',
  check: (words) => (words.some(({ text }) => /secret/i.test(text)) ? 'It may show secrets.' : undefined),
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
    install: INSTALL_OR_ADD,
    i: INSTALL_OR_ADD,
  }),
  yarn: packageManager('-s --silent', {
    install: INSTALL,
    build: TEST,
    lint: TEST,
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
  make: {
    options:
      '-kBnsSqij? -l? --keep-going --always-make --dry-run --just-print --silent --quiet --jobs? --load-average? --no-print-directory -C/ --directory/ --output-sync? --trace --warn-undefined-variables --question -v --version',
    operands: 'task',
  },
  ninja: { options: '-vnj: -k: -l: -C/ --version --verbose --quiet', operands: 'task' },
  just: { options: '-lnqv --list --dry-run --summary --quiet --version', operands: 'task' },
  docker: {
    options: '-v --version',
    subcommands: {
      ps: DOCKER_LOOK,
      images: DOCKER_LOOK,
      logs: DOCKER_LOOK,
      version: DOCKER_LOOK,
      info: DOCKER_LOOK,
      stats: { options: '-a --no-stream --all --no-trunc --format=' },
      top: { options: '' },
      port: { options: '' },
      diff: { options: '' },
      history: DOCKER_LOOK,
      compose: {
        options: '',
        subcommands: {
          ps: DOCKER_LOOK,
          logs: DOCKER_LOOK,
          ls: DOCKER_LOOK,
          top: { options: '' },
          images: DOCKER_LOOK,
          version: DOCKER_LOOK,
          up: {
            mustBeNamed: true,
            options: '-d --detach --build --wait --no-build --quiet-pull --remove-orphans',
          },
          down: { mustBeNamed: true, options: '--remove-orphans' },
        },
      },
      image: { options: '', subcommands: { ls: DOCKER_LOOK, history: DOCKER_LOOK } },
      container: { options: '', subcommands: { ls: DOCKER_LOOK, logs: DOCKER_LOOK, top: { options: '' } } },
      volume: { options: '', subcommands: { ls: DOCKER_LOOK } },
      network: { options: '', subcommands: { ls: DOCKER_LOOK } },
      exec: { mustBeNamed: true, options: '-it', first: ['text'], operands: 'runs' },
    },
  },
  kubectl: {
    options: '-n: --namespace= --context=',
    subcommands: {
      get: KUBE_LOOK,
      describe: KUBE_LOOK,
      logs: KUBE_LOOK,
      top: KUBE_LOOK,
      version: { options: '--client --short --output=' },
      explain: KUBE_LOOK,
      'api-resources': KUBE_LOOK,
      'cluster-info': { options: '' },
    },
  },
  gh: {
    options: '--version',
    subcommands: Object.fromEntries(
      ['pr', 'issue', 'run', 'repo', 'release', 'workflow'].map((name) => [
        name,
        {
          options: '',
          subcommands: Object.fromEntries(
            ['list', 'view', 'status', 'diff', 'checks'].map((verb) => [
              verb,
              {
                options:
                  '-L: -s: --limit= --state= --json= --comments --author= --label= --branch= --log --log-failed --name-only',
              },
            ]),
          ),
        },
      ]),
    ),
  },
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
