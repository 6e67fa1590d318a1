/** The scripts that V8 knows, and where their lines come from. Lines and columns are one-based here, as in DAP. */

import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodedMappings, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { CdpLocation, ScriptParsed } from '../cdp/types.ts';

/** A place in a source file. */
export interface SourcePlace {
  path: string;
  line: number;
  column: number;
}

const DATA_URL = /^data:application\/json[^,]*?(;base64)?,/;

/** All scripts of a debuggee. */
export class Scripts {
  private readonly byId = new Map<string, Script>();
  private readonly shownPaths = new Map<string, string>();
  private readonly hidden: (url: string) => boolean;

  /** @param hidden tells the URLs of scripts whose frames nobody wants to see. */
  constructor(hidden: (url: string) => boolean) {
    this.hidden = hidden;
  }

  /** Remembers by which path the client calls a file: it may have come there by a symbolic link. */
  showAs(real: string, path: string): void {
    this.shownPaths.set(real, path);
  }

  /** The path by which the client calls a file. */
  shown(real: string): string {
    return this.shownPaths.get(real) ?? real;
  }

  add(parsed: ScriptParsed): Script {
    const script = new Script(parsed, this.hidden(parsed.url));
    this.byId.set(script.id, script);
    return script;
  }

  get(id: string): Script | undefined {
    return this.byId.get(id);
  }

  /** The scripts that were made from a file; a file imported twice with different queries is two. */
  of(path: string): Script[] {
    return [...this.byId.values()].filter((script) => script.path === path);
  }

  /** The scripts that are the user's. */
  own(): Script[] {
    return [...this.byId.values()].filter((script) => script.path !== undefined);
  }

  /** The files behind the scripts, by path. */
  sources(): { name: string; path: string }[] {
    const paths = [...this.byId.values()].flatMap(({ path }) => path ?? []);
    const sorted = [...new Set(paths)].sort();
    return sorted.map((path) => ({ name: basename(path), path: this.shown(path) }));
  }

  /** Where V8's location is in the source; undefined for code that is not the user's. */
  place(location: CdpLocation): SourcePlace | undefined {
    return this.get(location.scriptId)?.place(location.lineNumber, location.columnNumber ?? 0);
  }
}

export class Script {
  readonly id: string;
  readonly url: string;
  /** The source file; undefined where there is none, and for hidden scripts. */
  readonly path: string | undefined;
  private sourceMapUrl: string | undefined;
  private traceMap: TraceMap | undefined;
  private lines: Map<number, GeneratedPlace[]> | undefined;

  constructor(parsed: ScriptParsed, hidden: boolean) {
    this.id = parsed.scriptId;
    this.url = parsed.url;
    this.sourceMapUrl = parsed.sourceMapURL || undefined;
    this.path = parsed.url.startsWith('file:') && !hidden ? pathOf(parsed.url) : undefined;
  }

  /** Where a place of the script (zero-based) is in its source; undefined for code that the transform has added. */
  place(lineNumber: number, columnNumber: number): SourcePlace | undefined {
    const { path } = this;
    if (path === undefined) return undefined;
    const map = this.map();
    if (map === undefined) return { path, line: lineNumber + 1, column: columnNumber + 1 };
    const { line, column } = originalPositionFor(map, {
      line: lineNumber + 1,
      column: columnNumber,
    });
    return line === null || column === null ? undefined : { path, line, column: column + 1 };
  }

  /**
   * The places of the script (zero-based) that come from a line of the source, or from the first line after it that left any,
   * each line's in the order of the source.
   */
  generated(line: number): { line: number; places: GeneratedPlace[] }[] {
    if (this.path === undefined) return [];
    const index = this.index();
    if (index === undefined) {
      return [{ line, places: [{ lineNumber: line - 1, columnNumber: 0, column: 1 }] }];
    }
    return [...index]
      .filter(([each]) => each >= line)
      .sort(([a], [b]) => a - b)
      .map(([each, places]) => ({ line: each, places }));
  }

  private index(): Map<number, GeneratedPlace[]> | undefined {
    const map = this.map();
    if (map === undefined || this.lines !== undefined) return this.lines;
    const lines = new Map<number, GeneratedPlace[]>();
    decodedMappings(map).forEach((segments, lineNumber) => {
      for (const segment of segments) {
        if (segment.length === 1) continue;
        const [columnNumber, , line, column] = segment;
        const places = lines.get(line + 1) ?? [];
        places.push({ lineNumber, columnNumber, column: column + 1 });
        lines.set(line + 1, places);
      }
    });
    for (const places of lines.values()) places.sort((a, b) => a.column - b.column);
    this.lines = lines;
    return lines;
  }

  /** The map, read when it is wanted: most scripts are never looked at. */
  private map(): TraceMap | undefined {
    const { sourceMapUrl } = this;
    if (sourceMapUrl === undefined) return this.traceMap;
    this.sourceMapUrl = undefined;
    const head = DATA_URL.exec(sourceMapUrl);
    if (head === null) return undefined;
    const body = sourceMapUrl.slice(head[0].length);
    const text =
      head[1] === undefined
        ? decodeURIComponent(body)
        : Buffer.from(body, 'base64').toString('utf8');
    this.traceMap = new TraceMap(text);
    return this.traceMap;
  }
}

/** A place in a script (zero-based), and its column in the source (one-based). */
export interface GeneratedPlace {
  lineNumber: number;
  columnNumber: number;
  column: number;
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(new URL(url));
  } catch {
    return undefined;
  }
}
