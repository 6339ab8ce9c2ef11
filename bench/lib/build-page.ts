import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export type PageFile = { readonly content: string | Uint8Array; readonly type: string };

/** A page of bench/page with all that it loads, by path. */
export async function buildPage(name: string): Promise<ReadonlyMap<string, PageFile>> {
  const root = fileURLToPath(new URL('../page', import.meta.url));
  const built = await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: join(root, name) } },
  });
  if (!('output' in built)) throw new Error('The page was not built once');
  const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' } as Record<string, string>;
  return new Map(
    built.output.map((file) => {
      const type = types[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      return [`/${file.fileName}`, { content: file.type === 'chunk' ? file.code : file.source, type }];
    }),
  );
}
