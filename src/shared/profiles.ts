import { z } from 'zod';
import { modelReference } from './models.ts';

/** Colours that a person tells tabs apart by. None of them says anything about a tab's state. */
export const tabColour = z.enum(['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink']);
export type TabColour = z.infer<typeof tabColour>;

/** Names of Lucide's icons; the window has a drawing for each. */
export const profileIcon = z.enum([
  'bot',
  'box',
  'briefcase',
  'bug',
  'cloud',
  'code',
  'coffee',
  'container',
  'cpu',
  'database',
  'flame',
  'flask-conical',
  'folder',
  'git-branch',
  'globe',
  'hammer',
  'hard-drive',
  'heart',
  'house',
  'key',
  'laptop',
  'leaf',
  'lock',
  'monitor',
  'network',
  'package',
  'rocket',
  'server',
  'shield',
  'square-terminal',
  'star',
  'terminal',
  'user',
  'users',
  'wrench',
  'zap',
]);
export type ProfileIcon = z.infer<typeof profileIcon>;

/** Where a profile is from: settings.toml alone, or found on this machine. */
export const profileSource = z.enum(['settings', 'shell', 'ssh']);
export type ProfileSource = z.infer<typeof profileSource>;

/** What a client learns of a profile: never its variables, which may be secrets. */
export const profileDescription = z.object({
  name: z.string(),
  source: profileSource,
  /** The place it is from, for a person, as "/etc/shells". */
  origin: z.string(),
  /** Found on this machine, and changed in settings.toml. */
  isChanged: z.boolean(),
  /** Program and arguments on one line; empty for the default shell. */
  commandLine: z.string(),
  cwd: z.string().optional(),
  icon: profileIcon.optional(),
  colour: tabColour.optional(),
  model: modelReference.optional(),
  mode: z.string().optional(),
  /** Not offered for new tabs. */
  isHidden: z.boolean(),
});
export type ProfileDescription = z.infer<typeof profileDescription>;

/** What a tab runs: a shell on this machine, a connection to another machine, or anything else. */
export const programKind = z.enum(['shell', 'connection', 'program']);
export type ProgramKind = z.infer<typeof programKind>;

const SHELLS = /^(?:[bcd]?ash|sh|t?csh|ksh|mksh|zsh|rbash|fish|pwsh|powershell|cmd|nu|elvish|xonsh|osh)$/;
const CONNECTIONS = /^(?:ssh|slogin|autossh|mosh|et|telnet)$/;

/** Bring one into a machine within this one, whose folders are others. */
const CONTAINERS =
  /^(?:docker|podman|nerdctl|kubectl|oc|lxc|incus|machinectl|distrobox|toolbox|limactl|multipass|vagrant|wsl)$/;

/** By the program's name; `command` is its path, or the name alone. */
export function programKindOf(command: string): ProgramKind {
  const name = nameOf(command);
  if (CONNECTIONS.test(name)) return 'connection';
  return SHELLS.test(name) ? 'shell' : 'program';
}

/** Whether what the program shows, and the folders it tells, are another machine's. */
export function runsElsewhere(command: string): boolean {
  const name = nameOf(command);
  return CONNECTIONS.test(name) || CONTAINERS.test(name);
}

function nameOf(command: string): string {
  return (command.split(/[/\\]/).at(-1) ?? '').replace(/\.exe$/i, '');
}
