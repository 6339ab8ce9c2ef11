import { posix } from 'node:path';
import type { Place } from './paths.ts';
import type { Word } from './types.ts';

/**
 * What is never let through, whatever the rules say: it destroys a system or what a person has, and nobody means it. A person
 * who does can type it.
 */
export function findDisaster(words: readonly Word[], place: Place): string | undefined {
  const [first, ...rest] = words;
  if (!first) return undefined;
  const program = posix.basename(first.text);
  const options = rest.filter(({ text }) => text.startsWith('-')).map(({ text }) => text);
  const isRecursive = options.some((text) => /^-[a-zA-Z]*[rR]|^--recursive$|^--no-preserve-root$/.test(text));
  if (
    /^(?:rm|chmod|chown|chgrp|shred)$/.test(program) &&
    isRecursive &&
    rest.some((word) => isEverything(word, place))
  )
    return `${program} would reach everything that there is.`;
  if (program === 'find' && isEverything(rest[0], place) && rest.some(({ text }) => text === '-delete'))
    return 'It would remove everything that there is.';
  if (/^(?:mkfs(?:\..*)?|mke2fs|wipefs|fdisk|sfdisk|parted|blkdiscard|mkswap)$/.test(program))
    return `${program} changes whole disks.`;
  if (program === 'dd' && rest.some(({ text }) => isDisk(text.replace(/^of=/, '')) && text.startsWith('of=')))
    return 'It would overwrite a disk.';
  if (/^(?:shred|cp|mv|tee)$/.test(program) && rest.some(({ text }) => isDisk(text)))
    return 'It would overwrite a disk.';
  return undefined;
}

/** A disk, a part of one, or the machine's memory. */
export function isDisk(path: string): boolean {
  return /^\/dev\/(?:[hsvx]v?d[a-z]|nvme|mmcblk|disk|rdisk|mapper\/|dm-|md\d|loop\d|mem|kmem|port)/.test(
    path,
  );
}

/** The root, a folder right below it, or the home folder; or all that lies in one of them. */
function isEverything(word: Word | undefined, { home, folders }: Place): boolean {
  if (!word) return false;
  const path = word.text.replace(/\/(?:\.?\*|\.\[.*)?$/, '') || '/';
  return folders.some((folder) => {
    const whole = posix.resolve(folder, path);
    return whole === home || /^\/[^/]*$/.test(whole) || /^\/(?:home|Users|usr|var)\/[^/]+$/.test(whole);
  });
}

/** A function that calls itself twice, and again. */
export function isForkBomb(text: string): boolean {
  return /([\w:.]+)\s*\(\s*\)\s*\{[^}]*\1\s*\|\s*\1\s*&[^}]*\}/.test(text.slice(0, 1000));
}
