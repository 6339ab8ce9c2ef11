import type { ProgramSpec } from './types.ts';

const PYTHON: ProgramSpec = {
  options: '-V --version -uBsEIqOb -m! -h --help',
  operands: 'script',
  readsProgramUnless: /^(?:-V|-h|--version|--help)$/,
};

/** A file of the workspace is run; programs given in words or read from elsewhere are not. */
const INTERPRETER: ProgramSpec = {
  options: '-v -V -w --version',
  operands: 'script',
  readsProgramUnless: /^(?:-v|-V|--version)$/,
};
const SHELL: ProgramSpec = { options: '--version', operands: 'script', readsProgramUnless: /^--version$/ };

/** Runners of tests: what to run and how to show it. */
const TESTER: ProgramSpec = {
  options:
    '-t: -uwbi --watch? --watchAll? --run --coverage --verbose --silent? --bail? --ci --testNamePattern= --testPathPattern= --testPathPatterns= --passWithNoTests --onlyChanged --runInBand --maxWorkers= --no-cache --no-coverage --update --updateSnapshot --json --findRelatedTests --changed? --shard= --color? --colors --no-color --no-watch --detectOpenHandles --forceExit --listTests --typecheck --retry= --testTimeout= --logHeapUsage --allowOnly --exclude= --project= --grep= -g: --headed --workers= --retries= --max-failures= --list --last-failed --only-changed --repeat-each= --timeout= --version',
  operands: 'plain',
};

/** Programs that run scripts, test, check and fetch. */
export const tools: Readonly<Record<string, ProgramSpec>> = {
  node: {
    options:
      '-vh --version --help --test --watch --check --enable-source-maps --no-warnings --trace-warnings --experimental-strip-types --test-only --test-name-pattern= --test-concurrency=',
    operands: 'script',
    readsProgramUnless: /^(?:-v|-h|--version|--help|--test)$/,
  },
  deno: {
    options: '-V --version',
    subcommands: {
      test: TESTER,
      lint: { options: '', operands: 'within' },
      fmt: { options: '--check', operands: 'within' },
      check: { options: '', operands: 'within' },
    },
  },
  tsx: INTERPRETER,
  'ts-node': INTERPRETER,
  python: PYTHON,
  python3: PYTHON,
  ruby: INTERPRETER,
  php: INTERPRETER,
  perl: INTERPRETER,
  lua: INTERPRETER,
  Rscript: INTERPRETER,
  bash: SHELL,
  sh: SHELL,
  zsh: SHELL,
  fish: SHELL,
  dash: SHELL,
  ksh: SHELL,
  jest: TESTER,
  vitest: { ...TESTER, first: ['text'] },
  mocha: TESTER,
  ava: TESTER,
  playwright: {
    options: '--version',
    subcommands: { test: TESTER, 'show-report': { options: '', operands: 'named' } },
  },
  pytest: {
    options:
      '-vqxslk: -m: -rA -n: --verbose --quiet --exitfirst --maxfail= --lf --last-failed --ff --failed-first --nf --sw --stepwise --collect-only --co --durations= --durations-min= --tb= --showlocals --no-header --no-summary --color= --capture= --disable-warnings --markers --fixtures --cov? --cov-report? --no-cov --runxfail --strict-markers --setup-show --version --deselect= --ignore= --ignore-glob= --numprocesses= --dist= --randomly-seed= --timeout= --reruns= -r?',
    operands: 'plain',
  },
  tsc: {
    options:
      '-bwvhp/ --build --watch --version --noEmit --pretty? --project/ --listFiles --listFilesOnly --showConfig --strict --skipLibCheck --incremental --traceResolution --diagnostics --extendedDiagnostics --explainFiles --force --dry --verbose --emitDeclarationOnly --declaration',
    operands: 'within',
    check: (words) =>
      words.some(({ text }) => text.startsWith('@')) ? 'It reads options from a file.' : undefined,
  },
  eslint: {
    options:
      '-v --version --fix --fix-dry-run --ext= --quiet --max-warnings= --cache --no-cache --color --no-color --no-error-on-unmatched-pattern --ignore-pattern= --report-unused-disable-directives --debug',
    operands: 'within',
  },
  prettier: {
    options:
      '-clwu --check --list-different --write --ignore-unknown --no-color --log-level= --no-error-on-unmatched-pattern --version --cache',
    operands: 'within',
  },
  oxlint: {
    options: '-D: -W: -A: --fix --quiet --deny-warnings --max-warnings= --version --type-aware',
    operands: 'within',
  },
  biome: {
    options: '--version',
    subcommands: {
      check: { options: '--write --fix --staged --changed', operands: 'within' },
      lint: { options: '--write --fix', operands: 'within' },
      format: { options: '--write', operands: 'within' },
      ci: { options: '', operands: 'within' },
    },
  },
  ruff: {
    options: '--version -q --quiet',
    subcommands: {
      check: {
        options: '-q --fix --no-fix --show-fixes --statistics --select= --ignore= --diff --no-cache --watch',
        operands: 'within',
      },
      format: { options: '-q --check --diff --no-cache', operands: 'within' },
    },
  },
  mypy: {
    options:
      '--strict --no-color-output --pretty --ignore-missing-imports --show-error-codes --version -p: -m:',
    operands: 'within',
  },
  black: { options: '-q --check --diff --quiet -l: --line-length= --version -v', operands: 'within' },
  flake8: {
    options: '-qv --max-line-length= --select= --ignore= --statistics --count --version',
    operands: 'within',
  },
  rustc: { options: '-Vvh --version --verbose --help', operands: 'named' },
  rustfmt: { options: '-qv --check --version --edition=', operands: 'writes' },
  shellcheck: {
    options: '-s: -S: -e: -i: -x -V --shell= --severity= --exclude= --format= -f:',
    operands: 'reads',
  },
  gofmt: { options: '-dlsw', operands: 'writes' },
  // Whatever is sent, kept or asked of another server must be named.
  curl: {
    options:
      '-sSfLIi46vm: -A: --silent --show-error --fail --fail-with-body --location --head --include --compressed --max-time= --connect-timeout= --retry= --http1.1 --http2 --verbose --no-progress-meter -N --no-buffer --user-agent= -G --get --max-redirs=',
    operands: 'address',
  },
  ping: { options: '-c: -W: -i: -n46q', operands: 'text' },
  dig: { options: '-x46t:', operands: 'text' },
  nslookup: { options: '', operands: 'text' },
  systemctl: {
    options: '--user --no-pager --all',
    subcommands: Object.fromEntries(
      ['status', 'list-units', 'is-active', 'is-enabled', 'is-failed', 'list-timers'].map((name) => [
        name,
        { options: '--no-pager --all --user -l --type= --state=' },
      ]),
    ),
  },
  brew: {
    options: '--version',
    subcommands: Object.fromEntries(
      ['list', 'info', 'outdated', 'deps', 'search', 'leaves'].map((name) => [
        name,
        { options: '--json? --formula --cask --versions -1' },
      ]),
    ),
  },
  // Programs that run others, or are a way to anywhere: the rule names each word.
  ...Object.fromEntries(
    'sudo doas su pkexec runuser eval exec source . alias unalias trap builtin coproc enable set shopt export declare typeset local readonly read mapfile readarray unset let hash bind complete compgen history fc jobs fg bg disown kill killall pkill pushd popd env xargs watch parallel entr ssh scp sftp rsync nc ncat netcat socat telnet ftp tftp wget vim vi nvim view ex nano emacs ed screen tmux script expect gdb lldb strace ltrace perf valgrind chroot unshare nsenter busybox toybox openssl gpg at batch crontab launchctl osascript open xdg-open start cmd powershell pwsh dd mkfs fdisk mount umount shutdown reboot halt poweroff init iptables chown chgrp useradd userdel usermod passwd visudo zip gzip gunzip xz bzip2 cpio ar pax install patch git-upload-pack git-receive-pack psql mysql sqlite3 mongosh mongo redis-cli ansible ansible-playbook terraform vagrant packer heroku flyctl fly vercel netlify wrangler firebase serverless aws gcloud az doctl npm-run-all concurrently nodemon pm2 forever lp lpr mail sendmail mutt logger wall write xclip xsel pbcopy pbpaste notify-send dbus-send nmap tcpdump ip ifconfig route sysctl modprobe insmod ldconfig ld gcc cc clang g++ as stdbuf setsid ionice chrt taskset flock repeat time nice nohup timeout command'
      .split(' ')
      .map((name): [string, ProgramSpec] => [name, { options: '', operands: 'named' }]),
  ),
};
