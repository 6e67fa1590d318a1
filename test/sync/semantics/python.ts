/** Prints values as Python does, so that the output of these programs can be compared with gevent's, line by line. */

/** Python's `print`. */
export function print(...values: unknown[]): void {
  process.stdout.write(`${values.map(str).join(' ')}\n`);
}

/** Python's `str`. */
export function str(value: unknown): string {
  if (value instanceof Error) return value.message;
  return typeof value === 'string' ? value : repr(value);
}

/** Python's `repr`. */
export function repr(value: unknown): string {
  if (value === undefined || value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (value instanceof Error)
    return `${value.name}(${value.message === '' ? '' : repr(value.message)})`;
  return String(value);
}
