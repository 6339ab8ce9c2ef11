import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { canInstall, installPackages } from './apt.ts';
import { captureChild, runChild } from './child.mjs';
import { MODULES_FOLDER, NODE, say } from './project.mjs';

/** Of Playwright's download, about 170 MB. */
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

const FONTS = [
  { language: 'ja', package: 'fonts-noto-cjk', letters: 'Chinese, Japanese and Korean' },
  { language: 'und-zsye', package: 'fonts-noto-color-emoji', letters: 'emoji' },
];

/** Where a Chromium is looked for, best first. */
export function chromiumPaths(): string[] {
  const usual = ['/usr/bin/chromium', '/usr/bin/google-chrome', chromium.executablePath()].filter((path) =>
    existsSync(path),
  );
  const chosen = process.env['CARREL_CHROMIUM'];
  return chosen ? [chosen, ...usual] : usual;
}

/** Finds a Chromium that starts, installing one where there is none. Throws an error for a person when it cannot be had. */
export async function ensureChromium(): Promise<string> {
  const path = (await firstThatStarts()) ?? (await download()) ?? (await installFromDistribution());
  if (path === undefined) {
    throw new Error(
      'The tests need Chromium, and it could be neither found nor installed. Install it (on Debian: apt-get install -y ' +
        'chromium) or set CARREL_CHROMIUM to its path.',
    );
  }
  await ensureFonts();
  return path;
}

async function firstThatStarts(): Promise<string | undefined> {
  for (const path of chromiumPaths()) {
    if (await startsUp(path)) return path;
    say(`${path} does not start; looking for another Chromium.`);
  }
  return undefined;
}

async function startsUp(path: string): Promise<boolean> {
  try {
    return (await captureChild(path, ['--version'], { timeout: 30_000 })).exitCode === 0;
  } catch {
    // No such program.
    return false;
  }
}

async function download(): Promise<string | undefined> {
  say('Downloading Chromium (playwright install chromium) …');
  const cli = join(MODULES_FOLDER, '@playwright/test/cli.js');
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' };
  await runChild(NODE, [cli, 'install', 'chromium'], {
    env,
    stdio: ['ignore', 2, 2],
    timeout: DOWNLOAD_TIMEOUT_MS,
  });
  return await firstThatStarts();
}

async function installFromDistribution(): Promise<string | undefined> {
  if (!canInstall()) return undefined;
  await installPackages(['chromium', ...FONTS.map((font) => font.package)]);
  return await firstThatStarts();
}

/** Without them, letters are boxes on the pictures that tests take. */
async function ensureFonts(): Promise<void> {
  const missing = [];
  for (const font of FONTS) if (!(await hasFont(font.language))) missing.push(font);
  if (missing.length === 0) return;
  if (canInstall()) await installPackages(missing.map((font) => font.package));
  else
    say(
      `No font for ${missing.map(({ letters }) => letters).join(' or ')}: these letters are boxes in screenshots.`,
    );
}

async function hasFont(language: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    return (await captureChild('fc-list', [`:lang=${language}`])).output !== '';
  } catch {
    // No fontconfig, hence no way to know.
    return true;
  }
}
