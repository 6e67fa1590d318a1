/**
 * `node --import greenlets/register app.ts`: loads TypeScript and JavaScript through the transform. Works as well as an absolute
 * file URL, where the program has not installed the package.
 */

import './node/install.ts';
import { register } from 'node:module';

process.setSourceMapsEnabled(true);
register(new URL('./hooks.js', import.meta.url));
