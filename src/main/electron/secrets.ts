import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import type { Secrets } from '../secrets.ts';

/** What is used of Electron's `safeStorage`; a test has another one. */
export type Cipher = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;

export type SecretsOptions = {
  readonly cipher: Cipher;
  /** The file of the encrypted keys. */
  readonly path: string;
  readonly platform: NodeJS.Platform;
};

const NAME = /^[\w.-]{1,100}$/;

/** Encrypted keys in base64, by name. What is no text is kept, and found to be damaged when it is asked for. */
const fileContent = z.record(z.string(), z.unknown());

/**
 * Keys in a file, encrypted by a key that the system's keychain guards. To be used once the app is ready: before that,
 * Electron knows no keychain.
 */
export function createSecrets({ cipher, path, platform }: SecretsOptions): Secrets {
  return {
    get unavailable() {
      return whyUnavailable(cipher, platform);
    },
    get(name) {
      if (whyUnavailable(cipher, platform) !== undefined) return undefined;
      try {
        const encrypted = readEntries(path)[name];
        return typeof encrypted === 'string'
          ? cipher.decryptString(Buffer.from(encrypted, 'base64'))
          : undefined;
      } catch {
        // Damaged, or encrypted by a key that the keychain has no more: it is as good as gone, but may come back.
        return undefined;
      }
    },
    set(name, secret) {
      const reason = whyUnavailable(cipher, platform);
      if (reason !== undefined) throw new Error(reason);
      if (!NAME.test(name)) {
        throw new Error('A name in the keychain is made of letters, digits, dots, dashes and underscores.');
      }
      const encrypted = cipher.encryptString(secret).toString('base64');
      writeEntries(path, { ...readEntries(path), [name]: encrypted });
    },
  };
}

function whyUnavailable(cipher: Cipher, platform: NodeJS.Platform): string | undefined {
  if (platform === 'linux' && cipher.getSelectedStorageBackend() === 'basic_text') {
    return (
      'Carrel found no keyring, and would have to keep keys unguarded. Install gnome-keyring or KWallet and log in to the ' +
      'desktop again, or keep the key in a variable.'
    );
  }
  if (cipher.isEncryptionAvailable()) return undefined;
  return 'The keychain of this system is locked or does not answer. Unlock it and start Carrel again, or keep the key in a variable.';
}

/** Throws when the file is there and cannot be read, so that it is never written over. */
function readEntries(path: string): Readonly<Record<string, unknown>> {
  try {
    return fileContent.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${path} is damaged and was left as it is. Move it away, then set each key again.`, {
      cause: error,
    });
  }
}

/** At one stroke: after a power cut the file holds the old keys or the new ones. */
function writeEntries(path: string, entries: Readonly<Record<string, unknown>>): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify(entries, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(temporary, path);
  // Windows cannot open a folder to flush its names.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
