import { checkAwk, checkFind, checkSed, checkTar } from './languages.ts';
import type { ProgramSpec } from './types.ts';

const TEXT: ProgramSpec = {};
const NAMES: ProgramSpec = { operands: 'names' };
const SEARCH =
  '-EFGPivwxcloqshHnbLZzrRyaTUI --extended-regexp --fixed-strings --basic-regexp --perl-regexp --ignore-case --no-ignore-case --invert-match --word-regexp --line-regexp --count --color? --colour? --files-without-match --files-with-matches --only-matching --quiet --silent --no-messages --byte-offset --with-filename --no-filename --line-number --initial-tab --null --text --binary-files= --recursive --dereference-recursive --line-buffered -e: --regexp= -m: --max-count= -A: -B: -C: -# --after-context= --before-context= --context= -d: --directories= -D: --devices= --include= --exclude= --exclude-dir= --label=';

/** Programs that look at files and texts, and those that move them about. */
export const files: Readonly<Record<string, ProgramSpec>> = {
  ls: NAMES,
  dir: NAMES,
  exa: NAMES,
  eza: NAMES,
  pwd: TEXT,
  true: TEXT,
  false: TEXT,
  ':': TEXT,
  echo: TEXT,
  printf: { options: '' },
  basename: TEXT,
  dirname: TEXT,
  realpath: NAMES,
  readlink: NAMES,
  stat: NAMES,
  test: { options: '-bcdefghknprstuwxzLNOGS', operands: 'text' },
  whoami: TEXT,
  id: TEXT,
  groups: TEXT,
  uname: TEXT,
  uptime: TEXT,
  arch: TEXT,
  nproc: TEXT,
  free: TEXT,
  cal: TEXT,
  locale: { options: '-akm' },
  hostname: { options: '-sfiIdA', operands: 'named' },
  date: {
    options: '-uRd: -I? --utc --universal --rfc-3339= --iso-8601? --date= -j -r:',
    check: (words) =>
      words.some(({ text }) => !/^[-+]/.test(text) && /^\d+(?:\.\d+)?$/.test(text))
        ? 'It sets the clock.'
        : undefined,
  },
  sleep: TEXT,
  seq: TEXT,
  wait: { options: '' },
  exit: TEXT,
  which: NAMES,
  whereis: { options: '-bms' },
  type: TEXT,
  tty: TEXT,
  ps: {
    options: '-aAdefFlHjTuxwo: -p: -C: -u: --sort= --no-headers',
    check: (words) =>
      words.some(({ text }) => /^[a-z]*e[a-z]*$/.test(text))
        ? 'It shows the variables of programs.'
        : undefined,
  },
  pgrep: { options: '-aflnouxcdu:' },
  df: NAMES,
  du: {
    areOptionsHarmless: true,
    options:
      '-abcDhHklLmPsSxd: -t: --all --human-readable --summarize --total --max-depth= --exclude= --apparent-size --si --block-size= --time? --separate-dirs --one-file-system',
    operands: 'names',
  },
  tree: {
    options:
      '-adflxspughDFQNqiCnrtcUJXL: -P: -I: --dirsfirst --noreport --du --si --prune --gitignore --sort= --filelimit= --charset= --inodes --device --matchdirs --ignore-case',
    operands: 'names',
  },
  file: {
    areOptionsHarmless: true,
    options:
      '-bhiLkNnrsz0 --brief --mime --mime-type --mime-encoding --no-dereference --dereference --extension',
    operands: 'reads',
  },
  wc: {
    areOptionsHarmless: true,
    options: '-clmwL --bytes --chars --lines --words --max-line-length --total=',
    operands: 'names',
  },
  cat: {
    areOptionsHarmless: true,
    options:
      '-AbeEnstTuv --show-all --number --number-nonblank --squeeze-blank --show-ends --show-tabs --show-nonprinting',
    operands: 'reads',
  },
  tac: { areOptionsHarmless: true, options: '-brs:', operands: 'reads' },
  nl: { areOptionsHarmless: true, options: '-b: -d: -f: -h: -i: -l: -n: -p -s: -v: -w: ', operands: 'reads' },
  head: {
    areOptionsHarmless: true,
    options: '-n: -c: -qvz -# --lines= --bytes= --quiet --verbose --silent',
    operands: 'reads',
  },
  tail: {
    areOptionsHarmless: true,
    options:
      '-n: -c: -qvzfFr -# -s: --lines= --bytes= --follow? --quiet --verbose --retry --pid= --sleep-interval=',
    operands: 'reads',
  },
  cut: {
    areOptionsHarmless: true,
    options:
      '-b: -c: -d: -f: -nsz --bytes= --characters= --delimiter= --fields= --only-delimited --complement --output-delimiter=',
    operands: 'reads',
  },
  tr: { options: '-cCdst --complement --delete --squeeze-repeats --truncate-set1' },
  rev: { areOptionsHarmless: true, options: '', operands: 'reads' },
  fold: { areOptionsHarmless: true, options: '-bsw:', operands: 'reads' },
  fmt: { options: '-cstuw:', operands: 'reads' },
  column: { options: '-txns: -c: -o: -N: -J --table --separator=', operands: 'reads' },
  paste: { options: '-szd:', operands: 'reads' },
  expand: { options: '-it:', operands: 'reads' },
  join: {
    options: '-a: -e: -io: -t: -v: -1: -2: -j: --check-order --nocheck-order --header',
    operands: 'reads',
  },
  comm: {
    areOptionsHarmless: true,
    options: '-123z --check-order --nocheck-order --total --output-delimiter=',
    operands: 'reads',
  },
  cmp: {
    areOptionsHarmless: true,
    options: '-bln: -i: -s --print-bytes --verbose --quiet --silent',
    operands: 'reads',
  },
  diff: {
    areOptionsHarmless: true,
    options:
      '-qscu? -U: -C: -ey -nW: -plFtTrNx: -iEZbwBI: -adH --brief --report-identical-files --context? --unified? --side-by-side --width= --left-column --suppress-common-lines --show-c-function --recursive --new-file --exclude= --ignore-case --ignore-space-change --ignore-all-space --ignore-blank-lines --ignore-matching-lines= --text --strip-trailing-cr --minimal --color? --no-dereference',
    operands: 'reads',
  },
  sort: {
    options:
      '-bdfgiMhnRrVcCk: -mst: -uz --ignore-leading-blanks --dictionary-order --ignore-case --general-numeric-sort --human-numeric-sort --month-sort --numeric-sort --random-sort --reverse --sort= --version-sort --check? --key= --merge --stable --field-separator= --unique --zero-terminated --parallel=',
    operands: 'reads',
  },
  // A second operand is written.
  uniq: {
    options:
      '-cdDuizf: -s: -w: --count --repeated --unique --ignore-case --skip-fields= --skip-chars= --check-chars=',
    first: ['reads'],
    operands: 'named',
  },
  shuf: { options: '-ei: -n: -rz --head-count= --input-range= --echo', operands: 'reads' },
  grep: { areOptionsHarmless: true, options: SEARCH, first: ['text'], operands: 'reads' },
  egrep: { areOptionsHarmless: true, options: SEARCH, first: ['text'], operands: 'reads' },
  fgrep: { areOptionsHarmless: true, options: SEARCH, first: ['text'], operands: 'reads' },
  rg: {
    options:
      '-iSsvwxcloqnNHIFPUaA: -B: -C: -e: -g: -t: -T: -m: -d: -M: -r: -j: -0p -# --ignore-case --smart-case --case-sensitive --invert-match --word-regexp --line-regexp --count --count-matches --files-with-matches --files-without-match --files --only-matching --quiet --line-number --no-line-number --column --heading --no-heading --with-filename --no-filename --fixed-strings --pcre2 --multiline --multiline-dotall --text --after-context= --before-context= --context= --regexp= --glob= --iglob= --type= --type-not= --type-list --max-count= --max-depth= --max-columns= --replace= --threads= --sort= --sortr= --color= --colors= --stats --json --null --pretty --trim --vimgrep --no-messages --passthru --crlf --max-filesize= --byte-offset --no-config --one-file-system',
    first: ['text'],
    operands: 'reads',
  },
  ag: {
    options: '-ilLcwvQsA? -B? -C? -m: --nocolor --color --nogroup --group --column --count',
    first: ['text'],
    operands: 'reads',
  },
  fd: {
    options:
      '-Hsige: -t: -d: -E: -aLp0 -S: -1 --hidden --glob --regex --fixed-strings --ignore-case --case-sensitive --extension= --type= --max-depth= --min-depth= --exact-depth= --exclude= --absolute-path --follow --full-path --print0 --size= --changed-within= --changed-before= --color= --max-results= --no-ignore-vcs',
    first: ['text'],
    operands: 'names',
  },
  find: { check: checkFind, operands: 'names' },
  sed: {
    options:
      '-nErszue: -l: --quiet --silent --regexp-extended --separate --null-data --unbuffered --expression= --posix --debug',
    first: ['text'],
    operands: 'reads',
    check: checkSed,
  },
  awk: {
    options: '-F: -v: --field-separator= --assign= --posix',
    first: ['text'],
    operands: 'reads',
    check: checkAwk,
  },
  gawk: {
    options: '-F: -v: --field-separator= --assign= --posix',
    first: ['text'],
    operands: 'reads',
    check: checkAwk,
  },
  mawk: { options: '-F: -v:', first: ['text'], operands: 'reads', check: checkAwk },
  jq: {
    options:
      '-rcsnaSCMejR --raw-output --compact-output --slurp --null-input --ascii-output --sort-keys --color-output --monochrome-output --exit-status --join-output --raw-input --tab --indent=',
    first: ['text'],
    operands: 'reads',
    check: (words) =>
      words.some(({ text }) => /\benv\b|\$ENV|\binput_filename\b|\binclude\b|\bimport\b|\$__prog/.test(text))
        ? 'It looks at the environment or other files.'
        : undefined,
  },
  strings: { areOptionsHarmless: true, options: '-afn: -t: -e: -o', operands: 'reads' },
  xxd: { options: '-abceg: -il: -o: -ps: -u', first: ['reads'], operands: 'named' },
  od: { options: '-A: -j: -N: -t: -vw? -abcdfilosx', operands: 'reads' },
  hexdump: { options: '-bcCdoxvn: -s:', operands: 'reads' },
  md5sum: { areOptionsHarmless: true, options: '-btz', operands: 'reads' },
  sha1sum: { areOptionsHarmless: true, options: '-btz', operands: 'reads' },
  sha256sum: { areOptionsHarmless: true, options: '-btz', operands: 'reads' },
  sha512sum: { areOptionsHarmless: true, options: '-btz', operands: 'reads' },
  shasum: { options: '-bta: --algorithm=', operands: 'reads' },
  cksum: { options: '-a:', operands: 'reads' },
  base64: { options: '-diw: --decode --ignore-garbage --wrap=', operands: 'reads' },
  less: {
    options: '-NSRFXiIMmnqs',
    operands: 'reads',
    check: (words) =>
      words.some(({ text }) => text.startsWith('+')) ? 'It begins with commands of its own.' : undefined,
  },
  man: {
    options: '-fkw',
    check: (words) => (words.some(({ text }) => /[/.]/.test(text)) ? 'It may read any file.' : undefined),
  },
  tar: { options: '-tvzjJf@', operands: 'reads', check: checkTar },
  unzip: { options: '-lvtZ1q', operands: 'reads' },
  zipinfo: { options: '-12smlvhtz', operands: 'reads' },
  tee: { options: '-ai --append', operands: 'writes' },
  touch: { options: '-acmd: -t: --date= --no-create', operands: 'writes' },
  mkdir: { options: '-pvm: --parents --verbose --mode=', operands: 'writes' },
  rmdir: { options: '-pv --parents --verbose --ignore-fail-on-non-empty', operands: 'writes' },
  rm: { options: '-fivrRd --force --recursive --verbose --dir', operands: 'writes' },
  cp: {
    options: '-aiLnPprRTuvf --archive --interactive --no-clobber --recursive --update? --verbose --preserve?',
    operands: 'writes',
  },
  mv: { options: '-finTuv --no-clobber --update? --verbose --force --interactive', operands: 'writes' },
  ln: { options: '-sfnrv --symbolic --relative --verbose', operands: 'writes' },
  chmod: {
    options: '-vcRf --verbose --changes --recursive',
    first: ['text'],
    operands: 'writes',
    check: (words) =>
      /^[1-7][0-7]{3}$|[ugoa]*[+=][rwxX]*[st]|[oa][+=].*w|777|666/.test(
        words.find(({ text }) => !text.startsWith('-'))?.text ?? '',
      )
        ? 'It opens the file to others, or lets it run as another user.'
        : undefined,
  },
};
