import { BlockList, isIP } from 'node:net';

/** IPv4 that leads to this machine, its network, nowhere or to many (IANA's special-purpose registry), and Azure's metadata. */
const PRIVATE_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Parts of the public IPv6 space that are not, or that carry an IPv4 address within. */
const PRIVATE_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const privateV4 = new BlockList();
for (const [network, prefix] of PRIVATE_V4) privateV4.addSubnet(network, prefix, 'ipv4');
const privateV6 = new BlockList();
for (const [network, prefix] of PRIVATE_V6) privateV6.addSubnet(network, prefix, 'ipv6');
const publicV6 = new BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is anything but one of the public internet. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 4) return privateV4.check(address, 'ipv4');
  return !publicV6.check(address, 'ipv6') || privateV6.check(address, 'ipv6');
}

/** Names that are given out in one's own network, and never in the public one. */
const PRIVATE_NAME =
  /^[^.]+$|(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|home\.arpa|corp|private|test)$/;

/** What the name of a URL tells before anyone is asked where it leads. */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$|\.$/g, '');
  return isIP(name) ? isPrivateAddress(name) : PRIVATE_NAME.test(name.toLowerCase());
}
