/** Looking names up: the names that programs import from `greenlets/dns`. */

import './node/install.ts';

export {
  type AddressInfo,
  type AddressInfoOptions,
  getaddrinfo,
  getfqdn,
  gethostbyaddr,
  gethostbyname,
  gethostbynameEx,
  gethostname,
  getnameinfo,
} from './io/names.ts';
export { Resolver } from './io/resolver.ts';
export { GaiError } from './io/socket-error.ts';
