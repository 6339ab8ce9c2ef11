import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The secret of one run of the web host, in the address that it prints and then in a cookie. */
export type Token = {
  readonly value: string;
  /** `Set-Cookie` for the page that came with the token. */
  readonly cookie: string;
  isValid(candidate: string | null | undefined): boolean;
  isInCookie(request: IncomingMessage): boolean;
};

/** `port` names the cookie: browsers share cookies between the ports of a host. */
export function createToken(port: number): Token {
  const value = randomBytes(32).toString('base64url');
  const name = `carrel-${port}`;
  const isValid = (candidate: string | null | undefined) =>
    typeof candidate === 'string' && timingSafeEqual(digest(candidate), digest(value));
  return {
    value,
    cookie: `${name}=${value}; HttpOnly; SameSite=Strict; Path=/`,
    isValid,
    isInCookie: (request) =>
      (request.headers.cookie ?? '')
        .split(';')
        .map((pair) => pair.trim().split('='))
        .some(([key, candidate]) => key === name && isValid(candidate)),
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
