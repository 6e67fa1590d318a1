/**
 * `node --import greenlets/register app.ts`: loads TypeScript and JavaScript through the transform. Works as well as an absolute
 * file URL, where the program has not installed the package.
 */

import { announceChild } from './instrument/announce.ts';
import { offerAttach } from './instrument/attach.ts';
import { installLoader } from './loader/install.ts';
import { runtimeFolder } from './node/install.ts';

installLoader();
offerAttach(runtimeFolder);
// Not right now: the debugger is going to load more of the runtime, which needs what is being loaded here.
queueMicrotask(announceChild);
