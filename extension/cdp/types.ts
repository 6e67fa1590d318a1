/** The part of the Chrome DevTools Protocol that the adapter uses. Lines and columns are zero-based here. */

export interface RemoteObject {
  type: string;
  subtype?: string;
  className?: string;
  value?: unknown;
  unserializableValue?: string;
  description?: string;
  objectId?: string;
  preview?: ObjectPreview;
}

export interface ObjectPreview {
  description?: string;
  overflow: boolean;
  properties: { name: string; type: string; subtype?: string; value?: string }[];
  entries?: { key?: ObjectPreview; value: ObjectPreview }[];
}

export interface PropertyDescriptor {
  name: string;
  value?: RemoteObject;
  get?: RemoteObject;
  set?: RemoteObject;
  enumerable: boolean;
  isOwn?: boolean;
  symbol?: RemoteObject;
}

export interface PropertiesResult {
  result: PropertyDescriptor[];
  internalProperties?: { name: string; value?: RemoteObject }[];
  privateProperties?: PropertyDescriptor[];
  exceptionDetails?: ExceptionDetails;
}

export interface ExceptionDetails {
  text: string;
  exception?: RemoteObject;
}

export interface EvaluateResult {
  result: RemoteObject;
  exceptionDetails?: ExceptionDetails;
}

export interface CdpLocation {
  scriptId: string;
  lineNumber: number;
  columnNumber?: number;
}

export interface Scope {
  type:
    | 'global'
    | 'local'
    | 'with'
    | 'closure'
    | 'catch'
    | 'block'
    | 'script'
    | 'eval'
    | 'module'
    | 'wasm-expression-stack';
  object: RemoteObject;
  name?: string;
}

export interface CallFrame {
  /** Where its function begins. */
  functionLocation?: CdpLocation;
  callFrameId: string;
  functionName: string;
  location: CdpLocation;
  url: string;
  scopeChain: Scope[];
  this: RemoteObject;
  /** Absent where V8 does not tell. */
  canBeRestarted?: boolean;
}

export interface Paused {
  callFrames: CallFrame[];
  reason: string;
  data?: Record<string, unknown>;
  hitBreakpoints?: string[];
}

export interface ScriptParsed {
  scriptId: string;
  url: string;
  sourceMapURL?: string;
  isModule?: boolean;
}
