import type { ModelReference } from '../../shared/models.ts';
import type { ProfileIcon, ProfileSource, TabColour } from '../../shared/profiles.ts';

/** What a tab can be opened with, complete: what was found, and what settings.toml says of it. */
export type Profile = {
  /** Unique; a tab remembers its profile by it. */
  readonly name: string;
  readonly source: ProfileSource;
  /** The place it is from, for a person. */
  readonly origin: string;
  readonly isChanged: boolean;
  /** Program path, or a name to look up on PATH; absent means the default shell. */
  readonly command?: string;
  /** Absent: those that the program is usually started with. */
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly icon?: ProfileIcon;
  readonly colour?: TabColour;
  readonly model?: ModelReference;
  readonly mode?: string;
  readonly isHidden: boolean;
};

/** A shell or host of this machine. */
export type FoundProfile = Pick<Profile, 'name' | 'origin' | 'args' | 'icon'> & {
  readonly source: 'shell' | 'ssh';
  readonly command: string;
};

/** A file that no hosts could be read from. */
export type FileProblem = { readonly path: string; readonly message: string };

/** What this machine offers. `onChange` runs when files that it was read from have changed. */
export interface FoundProfiles extends Disposable {
  readonly current: { readonly profiles: readonly FoundProfile[]; readonly problems: readonly FileProblem[] };
  onChange(listener: () => void): void;
}
