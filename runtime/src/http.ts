/** HTTP: the names that programs import from `greenlets/http`. */

import './node/install.ts';

export type { Log } from './http/access-log.ts';
export { HttpError } from './http/http-error.ts';
export { HttpRequest } from './http/http-request.ts';
export { type Content, HttpResponse, type ServerSentEvent } from './http/http-response.ts';
export { type HttpHandler, HttpServer, type HttpServerOptions } from './http/http-server.ts';
export { UrlResponse } from './http/url-response.ts';
export { type UrlOptions, urlopen } from './http/urlopen.ts';
export {
  connectWebSocket,
  type Message,
  WebSocket,
  type WebSocketOptions,
} from './http/web-socket.ts';
