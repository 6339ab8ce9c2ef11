/** Where keys are kept that are not in settings.toml: the system's keychain, where the host has one. */
export interface Secrets {
  /** Why nothing can be kept here; undefined when it can. */
  readonly unavailable: string | undefined;
  /** Undefined when there is none of that name, or it cannot be read any more. */
  get(name: string): string | undefined;
  /** Throws an error for a person when it cannot be kept. */
  set(name: string, secret: string): void;
}

/** For a host without a keychain. */
export function noSecrets(reason: string): Secrets {
  return {
    unavailable: reason,
    get: () => undefined,
    set: () => {
      throw new Error(reason);
    },
  };
}
