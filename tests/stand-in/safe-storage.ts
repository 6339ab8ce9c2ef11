import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { refuseUnknown } from './emitter.ts';

/** Hides the text from a casual look and no more, like Electron's own `basic_text`. */
const KEY = Buffer.from('the stand-in guards no secrets..');
const ALGORITHM = 'aes-256-gcm';
const PREFIX = Buffer.from('v10');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const safeStorage = refuseUnknown('safeStorage', {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString(text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, KEY, nonce);
    return Buffer.concat([PREFIX, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  decryptString(encrypted: Buffer): string {
    try {
      const body = encrypted.subarray(PREFIX.length);
      const decipher = createDecipheriv(ALGORITHM, KEY, body.subarray(0, NONCE_BYTES));
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
