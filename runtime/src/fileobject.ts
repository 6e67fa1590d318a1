/** Files: the names that programs import from `greenlets/fileobject`. */

import './node/install.ts';

export { type FileMode, FileObject, open } from './system/file-object.ts';
