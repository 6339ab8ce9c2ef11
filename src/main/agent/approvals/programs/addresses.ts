import { BlockList, isIP } from 'node:net';

const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6');

/** Names that lead to this machine, its network, or what a cloud tells its machines. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|metadata|localdomain)$/;

/** Whether an address leads to where only this machine can reach: its own services, its network, a cloud's metadata. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const version = isIP(host);
  if (version > 0) return PRIVATE.check(host, version === 4 ? 'ipv4' : 'ipv6');
  return PRIVATE_NAME.test(host) || !host.includes('.');
}

/** Why a page should not be fetched by a rule that does not name it. */
export function refuseAddress(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:\/\/[\w.:[\]-]+(?:[/?#]|$)/i.test(text)) return 'It is no plain http(s) address.';
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    return 'It is no plain http(s) address.';
  // A shell-like tool replaces these itself.
  if (/[{}[\]]/.test(url.pathname + url.search) || text.includes('{'))
    return 'It stands for several addresses.';
  const isOwnServer = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return isPrivateHost(url.hostname) && !isOwnServer ? 'It leads into a private network.' : undefined;
}
