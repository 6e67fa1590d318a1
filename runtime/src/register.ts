/**
 * `node --import greenlets/register app.ts`: loads TypeScript and JavaScript through the transform. Works as well as an absolute
 * file URL, where the program has not installed the package.
 */

import './node/install.ts';
import { register } from 'node:module';
import { PACKAGE } from './loader/package.ts';

process.setSourceMapsEnabled(true);
register(new URL('dist/hooks.js', PACKAGE));
