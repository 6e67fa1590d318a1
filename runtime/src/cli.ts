/** The command `greenlets`. */

export { main } from './cli/main.ts';
