/**
 * `node --import greenlets/register app.ts`: loads TypeScript and JavaScript through the transform. Works as well as an absolute
 * file URL, where the program has not installed the package.
 */

import { offerAttach } from './instrument/attach.ts';
import { installLoader } from './loader/install.ts';
import { runtimeFolder } from './node/install.ts';

installLoader();
offerAttach(runtimeFolder);
