/** The transform: makes every call a possible switch. Text in, text and source map out. */

export type { LanguageOptions } from './transform/lower/options.ts';
export type { Loading } from './transform/module.ts';
export type { Format } from './transform/parse.ts';
export { SourceError } from './transform/parse.ts';
export type { SourceMap } from './transform/rope.ts';
export { outline } from './transform/switch-points.ts';
export { type Transformed, type TransformOptions, transform } from './transform/transform.ts';
