import type { Word } from '../types.ts';
import type { ProgramSpec } from './types.ts';

const COMMITS =
  '-# -n: --max-count= --skip= --since= --until= --after= --before= --author= --committer= --grep= -iEFP --all --all-match --invert-grep --branches? --tags? --remotes? --glob= --exclude= --merges --no-merges --first-parent --reverse --no-walk? --topo-order --date-order --author-date-order --left-right --cherry-pick --cherry-mark --left-only --right-only --boundary --simplify-by-decoration --full-history --ancestry-path? --show-pulls --not --merge-base --oneline --pretty? --format= --abbrev-commit --no-abbrev-commit --abbrev? --no-abbrev --graph --no-graph --decorate? --no-decorate --decorate-refs= --date= --relative-date --parents --children --walk-reflogs -g --source --no-notes --notes? --stdin --follow --show-signature --log-size --count --encoding= --no-expand-tabs';
const CHANGES =
  '-p -u -s --patch --no-patch -U: --unified= --raw --minimal --patience --histogram --anchored= --diff-algorithm= --stat? --numstat --shortstat --dirstat? --summary --compact-summary --name-only --name-status --submodule? --color? --no-color --color-moved? --color-words? --word-diff? --word-diff-regex= --no-renames --check --full-index --binary --abbrev? -B? --break-rewrites? -M? --find-renames? -C? --find-copies? -D --irreversible-delete -l: --diff-filter= -S: -G: --pickaxe-all --pickaxe-regex -R --relative? --no-relative -a --text --ignore-cr-at-eol --ignore-space-at-eol -b --ignore-space-change -w --ignore-all-space --ignore-blank-lines --inter-hunk-context= -W --function-context --exit-code --quiet --no-ext-diff --no-textconv --ignore-submodules? --src-prefix= --dst-prefix= --no-prefix --default-prefix --cached --staged --merge-base -c --cc --combined-all-paths --remerge-diff --diff-merges= -m -z -q -v -L: -t -r --root --pretty? --format= --ita-invisible-in-index';
const QUIET = '-q --quiet -v --verbose';
const HISTORY: ProgramSpec = { options: `${COMMITS} ${CHANGES}`, operands: 'within' };

/** Of a remote only its name: an address could lead anywhere, and some run a command. */
function isAddress({ text }: Word): boolean {
  return /[:\\]|^[./~]|\.\./.test(text);
}

/** A push says where and what by plain names: a `+` overwrites, a `:` sends to another name or removes. */
function checkRemote(words: readonly Word[], isCovered: (index: number) => boolean): string | undefined {
  const bad = words.find((word, index) => isCovered(index) && (isAddress(word) || word.text.startsWith('+')));
  return bad && `“${bad.text}” is not the plain name of a remote or branch; a rule has to name it.`;
}

const OVERWRITES = 'It overwrites what was not committed; a rule has to name the files.';

function checkOverwriting(words: readonly Word[], isCovered: (index: number) => boolean): string | undefined {
  const isFile = ({ text }: Word) => text === '--' || /^\.{1,2}(?:\/|$)|[*?]/.test(text);
  const operands = words.filter(({ text }, index) => isCovered(index) && !text.startsWith('-'));
  const isCreating = words.some(({ text }) => /^-[bt]$|^--track/.test(text));
  const hasFiles = words.some((word, index) => isCovered(index) && isFile(word));
  return hasFiles || (operands.length > 1 && !isCreating) ? OVERWRITES : undefined;
}

/** Without a value it only tells. */
function checkConfig(words: readonly Word[]): string | undefined {
  return words.length > 1 && !/^(?:--get|--get-all|--list|-l|get|list)$/.test(words[0]?.text ?? '')
    ? 'It changes what git runs; a rule has to name it.'
    : undefined;
}

export const git: ProgramSpec = {
  options:
    '-P --no-pager --version --no-optional-locks --literal-pathspecs --glob-pathspecs --no-replace-objects -C/',
  subcommands: {
    status: {
      options: `-sbz ${QUIET} -u? --short --branch --show-stash --porcelain? --long --untracked-files? --ignored? --ignore-submodules? --column? --no-column --ahead-behind --no-ahead-behind --renames --no-renames --find-renames?`,
      operands: 'within',
    },
    log: HISTORY,
    show: HISTORY,
    diff: HISTORY,
    whatchanged: HISTORY,
    reflog: { ...HISTORY, subcommands: { show: HISTORY, exists: { options: '' } } },
    'rev-list': HISTORY,
    'diff-tree': HISTORY,
    'diff-index': HISTORY,
    shortlog: { options: `-nsec ${COMMITS} --numbered --summary --email --group= -w?`, operands: 'within' },
    blame: {
      options:
        '-L: -lftsewcbnp -M? -C? --root --show-stats --date= --porcelain --line-porcelain --incremental --show-name --show-number --show-email --abbrev= --ignore-rev= --color-lines --color-by-age',
      operands: 'within',
    },
    grep: {
      options:
        '-iIwvhHEGPFnlLzcpqoarW --cached --no-recursive --recursive --untracked --ignore-case --word-regexp --invert-match --extended-regexp --basic-regexp --perl-regexp --fixed-strings --line-number --column --files-with-matches --name-only --files-without-match --only-matching --count --color? --no-color --break --heading --show-function --function-context -A: -B: -C: -# --context= --after-context= --before-context= --max-depth= -m: --max-count= -e: --and --or --not --all-match --quiet --full-name --threads= --text',
      operands: 'within',
    },
    branch: {
      options: `-arld ${QUIET} --list --all --remotes --show-current --contains? --no-contains? --merged? --no-merged? --points-at= --sort= --format= --color? --no-color --column? --no-column --abbrev= --delete -i --ignore-case --track? --no-track -t -m --move -c --copy`,
    },
    tag: {
      options:
        '-ln? -am: --list --annotate --message= --contains= --no-contains= --merged? --no-merged? --points-at= --sort= --format= --column? --no-column --color? -i --ignore-case',
    },
    remote: {
      options: '-v --verbose',
      subcommands: { show: { options: '-n', check: checkRemote }, 'get-url': { options: '--push --all' } },
    },
    'rev-parse': {
      options:
        '--verify --short? --abbrev-ref? --symbolic-full-name --symbolic --show-toplevel --show-prefix --show-cdup --git-dir --absolute-git-dir --git-common-dir --is-inside-work-tree --is-inside-git-dir --is-bare-repository --is-shallow-repository -q --quiet --all --branches? --tags? --remotes? --show-superproject-working-tree --show-object-format?',
    },
    describe: {
      options:
        '--all --tags --contains --abbrev= --candidates= --exact-match --debug --long --match= --exclude= --always --first-parent --dirty? --broken?',
    },
    'name-rev': { options: '--tags --refs= --all --name-only --always --no-undefined' },
    'merge-base': { options: '-a --all --octopus --independent --is-ancestor --fork-point' },
    'cat-file': { options: '-pets', operands: 'within' },
    'ls-files': {
      options:
        '-cdmoiskuzt -v -f --cached --deleted --modified --others --ignored --stage --unmerged --killed --full-name --exclude-standard -x: --exclude= --error-unmatch --abbrev? --eol --deduplicate --directory --no-empty-directory',
      operands: 'within',
    },
    'ls-tree': {
      options:
        '-drtlz --long --name-only --name-status --object-only --full-name --full-tree --abbrev? --format=',
      operands: 'within',
    },
    'for-each-ref': {
      options:
        '--count= --sort= --format= --points-at= --merged? --no-merged? --contains? --no-contains? --ignore-case',
    },
    'check-ignore': { options: `${QUIET} -n --non-matching --no-index`, operands: 'within' },
    'count-objects': { options: '-vH --verbose --human-readable' },
    'show-ref': {
      options: '-dsq --head --heads --branches --tags --dereference --hash? --verify --abbrev? --quiet',
    },
    'symbolic-ref': {
      options: '-q --quiet --short',
      check: (words) =>
        words.filter(({ text }) => !text.startsWith('-')).length > 1 ? 'It moves a name.' : undefined,
    },
    version: { options: '--build-options' },
    stash: {
      options: `${QUIET} -kaum: --keep-index --no-keep-index --include-untracked --staged -S --message=`,
      subcommands: {
        list: HISTORY,
        show: HISTORY,
        push: {
          options: `${QUIET} -kSum: --keep-index --no-keep-index --include-untracked --staged --message=`,
          operands: 'within',
        },
        save: { options: `${QUIET} -kSu --keep-index --no-keep-index --include-untracked --staged` },
        pop: { options: `${QUIET} --index` },
        apply: { options: `${QUIET} --index` },
        branch: { options: '' },
      },
    },
    add: {
      areOptionsHarmless: true,
      options: `-nvAuN --dry-run ${QUIET} --all --no-ignore-removal --update --intent-to-add --refresh --ignore-errors --ignore-missing --renormalize --sparse`,
      operands: 'within',
    },
    commit: {
      options: `-am: ${QUIET} -sven --all --message= --signoff --no-edit --amend --allow-empty --allow-empty-message --author= --date= --dry-run --short --branch --porcelain --long --status --no-status --fixup= --squash= --reset-author -o --only -i --include -z -C: --reuse-message= --trailer= --cleanup= -u? --untracked-files? --no-signoff --no-gpg-sign`,
      operands: 'within',
      check: (words, isCovered) =>
        words.some(({ text }, index) => isCovered(index) && /^-[a-z]*n/.test(text) && !/^-[a-z]*m/.test(text))
          ? 'It leaves out the checks before a commit; a rule has to name -n.'
          : undefined,
    },
    switch: {
      options: `${QUIET} -c: -dt --create= --detach --track? --no-track --guess --no-guess --progress --no-progress -m --merge`,
    },
    checkout: {
      options: `${QUIET} -b: -dt --detach --track? --no-track --guess --no-guess --progress --no-progress -l --ours --theirs`,
      operands: 'within',
      check: checkOverwriting,
    },
    restore: {
      options: `${QUIET} -S --staged --progress --no-progress`,
      operands: 'within',
      check: (words) => (words.some(({ text }) => /^(?:-S|--staged)$/.test(text)) ? undefined : OVERWRITES),
    },
    reset: { options: `${QUIET} -N --soft --mixed --intent-to-add --no-refresh`, operands: 'within' },
    mv: { options: `-knv --verbose --dry-run`, operands: 'writes' },
    rm: { options: `-rnq --cached --dry-run --quiet --ignore-unmatch`, operands: 'writes' },
    merge: {
      options: `${QUIET} -m: --message= --no-edit --ff --no-ff --ff-only --squash --no-squash --commit --no-commit --stat -n --no-stat --abort --continue --quit --log? --no-log --signoff --progress --no-progress --no-verify-signatures -X: --strategy-option=`,
    },
    rebase: {
      options: `${QUIET} --continue --abort --skip --quit --onto= --autostash --no-autostash --keep-base --root --stat -n --no-stat --autosquash --no-autosquash --fork-point --no-fork-point --update-refs --signoff --show-current-patch`,
    },
    'cherry-pick': {
      options:
        '-xsn --continue --abort --skip --quit --no-commit --signoff --ff --allow-empty -m: --mainline=',
    },
    revert: {
      options: '-sn --continue --abort --skip --quit --no-edit --no-commit --signoff -m: --mainline=',
    },
    fetch: {
      options: `${QUIET} -tpajn: --all --prune -P --prune-tags --tags --no-tags --depth= --deepen= --unshallow --dry-run --progress --no-progress --append --jobs= --shallow-since= --no-recurse-submodules -4 -6`,
      check: checkRemote,
    },
    pull: {
      options: `${QUIET} -r? --rebase? --no-rebase --ff --no-ff --ff-only --all --prune -p --tags -t --no-tags --depth= --autostash --no-autostash --no-edit --progress --no-progress --stat -n --no-stat --squash --no-squash --commit --no-commit --dry-run`,
      check: checkRemote,
    },
    push: {
      options: `${QUIET} -un --set-upstream --tags --follow-tags --dry-run --porcelain --progress --no-progress --atomic --all --branches`,
      check: checkRemote,
    },
    'ls-remote': {
      options: '-hq --heads --branches --tags -t --refs --quiet --exit-code --get-url --sort= --symref',
      check: checkRemote,
    },
    worktree: { options: '', subcommands: { list: { options: '-vz --verbose --porcelain' } } },
    bisect: {
      options: '',
      subcommands: {
        log: { options: '' },
        good: { options: '' },
        bad: { options: '' },
        reset: { options: '' },
        start: { options: '' },
        skip: { options: '' },
      },
    },
    config: {
      options:
        '-lz --get= --get-all= --list --show-origin --show-scope --name-only --local --global --system --type= --includes',
      check: checkConfig,
      subcommands: {
        get: { options: '--all --show-origin --show-scope --type= --default=' },
        list: { options: '-z --show-origin --show-scope --name-only --local --global --system' },
      },
    },
    submodule: {
      options: QUIET,
      subcommands: {
        status: { options: '--cached --recursive --quiet', operands: 'within' },
        summary: { options: '' },
      },
    },
    clone: {
      mustBeNamed: true,
      options: `${QUIET} -b: --depth= --branch= --single-branch --no-tags --recurse-submodules? --progress`,
      first: ['address'],
      operands: 'writes',
    },
    init: { options: `${QUIET} -b: --initial-branch=`, operands: 'writes' },
    clean: {
      options: '-ndxXq --dry-run',
      operands: 'within',
      check: (words) =>
        words.some(({ text }) => /^-[a-z]*n|^--dry-run$/i.test(text))
          ? undefined
          : 'It removes files; a rule has to name -f.',
    },
  },
};
