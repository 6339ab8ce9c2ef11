export type WebPreferences = {
  readonly preload?: string;
  readonly additionalArguments?: readonly string[];
  readonly [name: string]: unknown;
};

/** The only values there are; a preload with more rights than these would be another program. */
const FIXED: Readonly<Record<string, boolean>> = {
  contextIsolation: true,
  nodeIntegration: false,
  sandbox: true,
  webviewTag: false,
};

const FREE = new Set(['additionalArguments', 'preload', 'spellcheck']);

/** Throws for a preference that the stand-in does not honour. */
export function checkPreferences(preferences: WebPreferences): void {
  for (const [name, value] of Object.entries(preferences)) {
    if (FREE.has(name) || FIXED[name] === value) continue;
    throw new Error(`stand-in: webPreferences.${name} = ${String(value)} is not implemented`);
  }
}

/** What a sandboxed preload sees as `process`. */
export function preloadProcess({ additionalArguments = [] }: WebPreferences, chromeVersion: string): object {
  return {
    argv: additionalArguments,
    arch: process.arch,
    contextIsolated: true,
    env: process.env,
    platform: process.platform,
    sandboxed: true,
    type: 'renderer',
    versions: { ...process.versions, chrome: chromeVersion },
  };
}
