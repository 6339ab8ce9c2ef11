import { resolvePath, type RealPath } from '../files/real-path.ts';
import type { ToolContext } from './types.ts';

type Places = Pick<ToolContext, 'workspace' | 'home' | 'outputs'>;

/** Where a tool reads; kept outputs are the tab's own. */
export function placeToRead(path: string, { workspace, home, outputs }: Places): Promise<RealPath> {
  return resolvePath(path, { workspace, home, readable: outputs.folder });
}

export function placeToWrite(path: string, { workspace, home }: Places): Promise<RealPath> {
  return resolvePath(path, { workspace, home });
}
