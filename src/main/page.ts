import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** The window's policy on both hosts: nothing from elsewhere, no inline script, no eval. */
function contentSecurityPolicy(connect: string): string {
  return [
    "default-src 'none'",
    // Sixel images are decoded by WebAssembly, which runs no script.
    "script-src 'self' 'wasm-unsafe-eval'",
    // xterm.js and code highlighting set styles from script.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

export type PageFile = { readonly body: Buffer<ArrayBuffer>; readonly headers: Record<string, string> };

/** A file of the built window, by the path of its address; undefined when there is none or it lies outside the folder. */
export async function readPageFile(
  folder: string,
  path: string,
  connect: string,
): Promise<PageFile | undefined> {
  try {
    const relative = normalize(decodeURIComponent(path === '/' ? '/index.html' : path));
    const file = join(folder, relative);
    if (!file.startsWith(folder + sep)) return undefined;
    return {
      body: await readFile(file),
      headers: {
        'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy(connect),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
    };
  } catch {
    // No such file, or an address that is none.
    return undefined;
  }
}
