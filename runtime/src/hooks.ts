/** The loader's hooks; Node runs them in a thread of their own. */

export { load } from './loader/load.ts';
export { resolve } from './loader/resolve.ts';
