import { posix } from 'node:path';
import type { Word } from './types.ts';

/** Where paths are measured. `folders`: all that the command may stand in, since `cd` may have moved it. */
export type Place = {
  readonly folders: readonly string[];
  readonly workspace: string;
  readonly home: string;
};

/** Files whose content opens doors, by the name of any part of their path. */
const SECRET_NAMES = [
  /^\.env(?!\.(?:example|sample|template|dist|defaults)$)(?:[.\w-]*)$/,
  /^\.(?:ssh|aws|gnupg|kube|docker|azure|gcloud|password-store|netrc|pgpass|npmrc|pypirc|git-credentials|htpasswd|boto|s3cfg|vault-token|terraformrc|my\.cnf|mylogin\.cnf)$/,
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?!.*\.pub$).*|.+\.env|.*\.tfstate|.*\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc))$/,
  /^\.?(?:credentials?|secrets?|passwords?|tokens?)(?:\.(?:json|ya?ml|toml|txt|ini|env|xml|cfg|conf))?$/,
  /^(?:shadow|gshadow|passwd|master\.passwd|sudoers|environ|keychains|login\.keychain(?:-db)?|\.bash_history|\.zsh_history|.*_history|wallet\.dat|service[-_]?account.*\.json|cookies(?:\.sqlite)?)$/,
];

/** Examples of such names, to see whether a pattern could match one. */
const SECRET_EXAMPLES = [
  '.env',
  '.env.local',
  '.env.production',
  '.ssh',
  '.aws',
  '.gnupg',
  '.kube',
  '.docker',
  '.netrc',
  '.npmrc',
  '.pgpass',
  '.git-credentials',
  'id_rsa',
  'id_ed25519',
];

/** What programs run or obey by themselves: writing it is running something later. */
const PROTECTED_NAMES =
  /^(?:\.git|\.gitattributes|\.gitmodules|\.gitconfig|\.hg|\.husky|\.githooks|\.vscode|\.idea|\.envrc|\.direnv|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.cjs|\.mise\.toml|\.tool-versions|\.bash\w*|\.zsh\w*|\.profile|\.inputrc|\.vimrc|\.exrc|\.nvimrc|\.tmux\.conf|\.config|\.local|\.claude|\.carrel|crontab|authorized_keys|node_modules)$/i;

export function isSecret(path: string): boolean {
  return path
    .toLowerCase()
    .split(/[/:=,]/)
    .some((name) => SECRET_NAMES.some((secret) => secret.test(name)));
}

export function isProtected(path: string): boolean {
  return path.split('/').some((name) => PROTECTED_NAMES.test(name));
}

/** A pattern of a shell that could match the name of a secret; `*` alone is taken for what can be seen. */
function mayMatchSecret(pattern: string): boolean {
  const names = pattern.toLowerCase().split('/');
  return names.some(
    (name) =>
      /[*?[]/.test(name) &&
      !/^\*+$/.test(name) &&
      SECRET_EXAMPLES.some(
        (example) => !(example.startsWith('.') && /^[*?]/.test(name)) && mayMatch(name, example),
      ),
  );
}

/** Follows all ways at once through a pattern of `*`, `?` and lists in brackets, which stand for any character here. */
function mayMatch(pattern: string, text: string): boolean {
  const tokens = pattern.match(/\[[^\]]*\]|./gsu) ?? [];
  const past = (places: Iterable<number>) => {
    const all = new Set(places);
    for (const place of all) if (tokens[place] === '*') all.add(place + 1);
    return all;
  };
  let places = past([0]);
  for (const character of text) {
    const next = [...places].flatMap((place) => {
      const token = tokens[place];
      if (token === '*') return [place];
      return token === '?' || token === character || (token?.length ?? 0) > 1 ? [place + 1] : [];
    });
    places = past(next);
  }
  return places.has(tokens.length);
}

/** Every path that this may name, from each folder that the command may stand in. */
function resolved(path: string, { folders, home }: Place): string[] {
  const whole = path === '~' || path.startsWith('~/') ? home + path.slice(1) : path;
  return folders.map((folder) => posix.resolve(folder, whole));
}

export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

export function isInside(path: string, place: Place): boolean {
  return resolved(path, place).every((each) => isWithin(place.workspace, each));
}

/** Where the person's own things lie, outside of the workspace. */
function isPrivate(path: string, place: Place): boolean {
  return resolved(path, place).some(
    (each) =>
      !isWithin(place.workspace, each) &&
      (isWithin(place.home, each) ||
        isWithin(each, place.home) ||
        /^\/(?:home|root|Users|var\/(?:root|log|spool|lib)|private|etc$|etc\/(?:ssh|ssl|sudoers\.d|cron)|proc|sys|dev|run|boot|mnt|media|Volumes)(?:\/|$)/.test(
          each,
        )),
  );
}

const HARMLESS_DEVICES = new Set([
  '/dev/null',
  '/dev/stdout',
  '/dev/stderr',
  '/dev/stdin',
  '/dev/tty',
  '/dev/fd/63',
]);

export function isHarmlessDevice(path: string): boolean {
  return HARMLESS_DEVICES.has(path);
}

/** How far a rule reaches: a built-in one stays within the workspace, one that a person wrote does not reach into private places. */
export type Reach = 'workspace' | 'anywhere';

/** Why a file should not be looked at by a rule that does not name it. */
export function refuseReading(
  word: Word,
  place: Place,
  reach: Reach,
  isOnlyNamed: boolean,
): string | undefined {
  if (isHarmlessDevice(word.text)) return undefined;
  const { text } = word;
  if (isSecret(text) || mayMatchSecret(text)) return 'It may hold secrets.';
  const known = word.kind === 'pattern' ? word.prefix : text;
  if (/[*?[]/.test(text) && text.split('/').includes('..')) return 'It lies outside of the workspace.';
  if (reach === 'workspace' && !isInside(text, place)) return 'It lies outside of the workspace.';
  if (!isOnlyNamed && isPrivate(known, place)) return 'It lies in a private place outside of the workspace.';
  return undefined;
}

/** Why a file should not be written, moved or removed by a rule that does not name it. */
export function refuseWriting(word: Word, place: Place): string | undefined {
  const { text } = word;
  if (isHarmlessDevice(text)) return undefined;
  if (!isInside(text, place) || (word.kind === 'pattern' && text.split('/').includes('..')))
    return 'It lies outside of the workspace.';
  if (resolved(text, place).includes(place.workspace)) return 'It is the workspace itself.';
  const paths = resolved(text, place).map((each) => each.slice(place.workspace.length));
  if (paths.some((path) => isProtected(path) || isSecret(path)) || mayMatchSecret(text))
    return 'Programs run or obey this file by themselves, or it holds secrets.';
  if (/^(?:\.\/)?(?:\.?\*+|\.\*|\.\?\*)$/.test(text)) return 'It is everything in the workspace.';
  return undefined;
}

/** The folders that a command may stand in after `cd`; undefined where that is not certain or outside of the workspace. */
export function foldersAfter(word: Word, place: Place): string[] | undefined {
  if (word.kind !== 'literal' || word.text.startsWith('-') || !isInside(word.text, place)) return undefined;
  const folders = [...new Set([...place.folders, ...resolved(word.text, place)])];
  return folders.length > 16 ? undefined : folders;
}
