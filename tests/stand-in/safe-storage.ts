import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { refuseUnknown } from './emitter.ts';

const ALGORITHM = 'aes-256-gcm';
const PREFIX = Buffer.from('v11');
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type Implemented = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;

/**
 * Electron's `safeStorage`. Its keyring is a file in `userData`, so that keys can be read after a restart;
 * `STAND_IN_KEYRING=basic_text` plays a desktop without a keyring.
 */
export function createSafeStorage(userData: () => string, environment: NodeJS.ProcessEnv): Implemented {
  const hasKeyring = environment['STAND_IN_KEYRING'] !== 'basic_text';
  return refuseUnknown('safeStorage', {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => (hasKeyring ? 'gnome_libsecret' : 'basic_text'),
    encryptString(text: string): Buffer {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, keyIn(userData()), nonce);
      return Buffer.concat([PREFIX, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    decryptString(encrypted: Buffer): string {
      try {
        const body = encrypted.subarray(PREFIX.length);
        const decipher = createDecipheriv(ALGORITHM, keyIn(userData()), body.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(body.subarray(-TAG_BYTES));
        return (
          decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch (error) {
        throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.', {
          cause: error,
        });
      }
    },
  });
}

/** Made at its first use, as Chromium does. */
function keyIn(userData: string): Buffer {
  const path = join(userData, 'stand-in-keyring');
  try {
    writeFileSync(path, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path);
}
