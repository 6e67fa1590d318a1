/** Node's file system: every `…Sync` function that has an asynchronous one beside it. */

import fs from 'node:fs';
import { blocking, type Callable, type Patchable } from './patchable.ts';
import { ask, asking, type Begin, twinOf } from './twin.ts';

/** How many arguments the functions take: the callback of the asynchronous one comes after them. */
const ARGUMENTS: Readonly<Record<string, number>> = {
  access: 2,
  appendFile: 3,
  chmod: 2,
  chown: 3,
  close: 1,
  copyFile: 3,
  cp: 3,
  fchmod: 2,
  fchown: 3,
  fdatasync: 1,
  fstat: 2,
  fsync: 1,
  ftruncate: 2,
  futimes: 3,
  glob: 2,
  lchmod: 2,
  lchown: 3,
  link: 2,
  lstat: 2,
  lutimes: 3,
  mkdir: 2,
  mkdtemp: 2,
  open: 3,
  opendir: 2,
  readFile: 2,
  readdir: 2,
  readlink: 2,
  realpath: 2,
  rename: 2,
  rm: 2,
  rmdir: 2,
  stat: 2,
  statfs: 2,
  symlink: 3,
  truncate: 2,
  unlink: 1,
  utimes: 3,
  writeFile: 3,
};

/**
 * These are not called again after a failure, to get the error: what they have done in part would be done twice, or another file
 * may have got the descriptor.
 */
const NOT_TWICE = new Set(['appendFile', 'close', 'cp', 'readFile', 'writeFile']);

/** Where passing the arguments on is not enough. */
const SPECIAL: Readonly<Record<string, (begin: Begin, fn: Callable) => Begin>> = {
  appendFile: (begin) => withoutSignal(begin, 2),
  cp: copying,
  open: (begin) => discarding(begin, (fd) => fs.close(fd as number)),
  opendir: openingFolder,
  fstat: withoutNull,
  lstat: withoutNull,
  readFile: (begin, fn) => readingWhole(withoutSignal(begin, 1), fn),
  stat: withoutNull,
  statfs: withoutNull,
  writeFile: (begin) => withoutSignal(begin, 2),
};

/** Every function of `node:fs` that blocks and has an asynchronous counterpart in this version of Node. */
export function fsFunctions(): Patchable[] {
  const functions = fs as unknown as Record<string, Callable | undefined>;
  const named = Object.entries(ARGUMENTS).flatMap(([name, count]) => {
    const fn = functions[`${name}Sync`];
    const asynchronous = functions[name];
    if (fn === undefined || asynchronous === undefined) return [];
    const passes = passing(asynchronous, count);
    const begin = NOT_TWICE.has(name) ? passes : asking(passes, fn);
    return [fsFunction(`${name}Sync`, fn, SPECIAL[name]?.(begin, fn) ?? begin)];
  });
  const { native } = fs.realpathSync;
  const { prototype } = fs.Dir;
  return [
    ...named,
    fsFunction('existsSync', fs.existsSync, beginExists),
    fsFunction('readSync', fs.readSync, beginRead),
    fsFunction('writeSync', fs.writeSync, beginWrite),
    fsFunction('readvSync', fs.readvSync, passing(fs.readv as Callable, 3)),
    fsFunction('writevSync', fs.writevSync, passing(fs.writev as Callable, 3)),
    fsFunction('realpathSync.native', native, asking(passing(fs.realpath.native, 2), native)),
    fsFunction('Dir.readSync', prototype.readSync, passing(prototype.read, 0)),
    fsFunction('Dir.closeSync', prototype.closeSync, passing(prototype.close, 0)),
  ];
}

function fsFunction(name: string, fn: Callable, begin: Begin): Patchable {
  return blocking('fs', name, fn, twinOf(`fs.${name}`, fn, begin));
}

/** Passes the arguments on, followed by a callback. */
function passing(asynchronous: Callable, count: number): Begin {
  return (self, args, done) => {
    // Taken for the callback.
    if (args.some((each) => typeof each === 'function')) return undefined;
    const list = Array.from({ length: count }, (_, index) => args[index]);
    Reflect.apply(asynchronous, self, [...list, done]);
    return { on: subjectOf(args[0]) };
  };
}

/** What a call is about, for people. */
function subjectOf(argument: unknown): string {
  if (typeof argument === 'number') return `fd ${argument}`;
  return argument === undefined ? '' : String(argument);
}

/** Gives back what nobody takes any more. */
function discarding(begin: Begin, discard: (value: unknown) => unknown): Begin {
  return (self, args, done) => {
    const begun = begin(self, args, done);
    return begun && { ...begun, discard };
  };
}

/** Node 20 throws out of its own callback when it does not like the size. */
function openingFolder(begin: Begin): Begin {
  const closing = discarding(begin, (dir) => (dir as fs.Dir).close());
  return (self, args, done) => {
    const { bufferSize = 1 } = Object(args[1]) as fs.OpenDirOptions;
    return Number.isInteger(bufferSize) && bufferSize > 0 ? closing(self, args, done) : undefined;
  };
}

function readingWhole(begin: Begin, fn: Callable): Begin {
  return (self, args, done) => {
    const { flag, encoding = args[1] } = Object(args[1]) as { flag?: string; encoding?: unknown };
    // Unknown for text and known for paths; the two functions disagree.
    if (encoding === 'buffer') return undefined;
    // Others may have made the file.
    const isHarmless = flag === undefined;
    return begin(self, args, (error, value) => {
      // Node does not report an error of a descriptor that it was given: the file seems empty.
      const seemsEmpty = typeof args[0] === 'number' && (value as string | Buffer)?.length === 0;
      if (error ? isHarmless : seemsEmpty) ask(fn, self, args, done);
      else done(error, value);
    });
  };
}

/** The blocking functions take no notice of a signal, as long as it is one. */
function withoutSignal(begin: Begin, at: number): Begin {
  return (self, args, done) => {
    const options = Object(args[at]) as { signal?: unknown };
    if (!(options.signal instanceof AbortSignal)) return begin(self, args, done);
    const rest = Object.create(options, { signal: { value: undefined } });
    return begin(self, args.with(at, rest), done);
  };
}

/** The blocking functions of Node 24 do not take null for no options. */
function withoutNull(begin: Begin): Begin {
  return (self, args, done) => (args[1] === null ? undefined : begin(self, args, done));
}

function copying(begin: Begin, fn: Callable): Begin {
  const asks = asking(begin, fn);
  return (self, args, done) => {
    const { filter, errorOnExist } = Object(args[2]) as fs.CopySyncOptions;
    // A filter that returns a promise is an error where the copy blocks; and a second copy finds what the first one has made.
    return typeof filter === 'function' || errorOnExist ? undefined : asks(self, args, done);
  };
}

const beginExists: Begin = (_, [path], done) => {
  fs.access(path as string, (error) => done(null, error === null));
  return { on: subjectOf(path) };
};

const beginRead: Begin = (_, args, done) => {
  const fd = args[0] as number;
  const buffer = args[1] as NodeJS.ArrayBufferView;
  let [, , offset, length, position] = args as unknown[];
  if (args.length <= 3 || typeof offset === 'object') {
    if (typeof offset !== 'object' && offset !== undefined) return undefined;
    const options = (offset ?? {}) as fs.ReadSyncOptions;
    ({ offset = 0, position = null } = options);
    ({ length = buffer.byteLength - (offset as number) } = options);
  }
  fs.read(fd, buffer, offset as number, length as number, position as number | null, done);
  return { on: subjectOf(fd) };
};

const beginWrite: Begin = (_, args, done) => {
  const [fd, data, offset, length, position] = args as never[];
  const write = fs.write as Callable;
  if (typeof data === 'string') {
    if (typeof offset === 'function' || typeof length === 'function') return undefined;
    write(fd, data, offset, length, done);
  } else if (typeof offset === 'object' && offset !== null) {
    write(fd, data, offset, done);
  } else {
    write(fd, data, offset, length, position, done);
  }
  return { on: subjectOf(fd) };
};
