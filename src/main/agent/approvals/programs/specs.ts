import { posix } from 'node:path';
import { files } from './files.ts';
import { git } from './git.ts';
import { packages } from './packages.ts';
import { services } from './services.ts';
import { tools } from './tools.ts';
import type { ProgramSpec } from './types.ts';

const SPECS = new Map<string, ProgramSpec>([
  ...Object.entries(files),
  ...Object.entries(packages),
  ...Object.entries(services),
  ...Object.entries(tools),
  ['git', git],
]);

/** What is known of a program, however its path is written. */
export function specOf(program: string): ProgramSpec | undefined {
  return SPECS.get(posix.basename(program));
}
