// What the programs with HTTP servers share.
import { type HttpHandler, HttpServer, type HttpServerOptions } from 'greenlets/http';
import { HERE } from './serving.ts';

/** Runs with a server that answers. */
export function serving(
  handle: HttpHandler,
  run: (url: string, server: HttpServer) => void,
  options: HttpServerOptions = {},
): void {
  const server = new HttpServer(HERE, handle, options);
  server.start();
  try {
    run(`http://127.0.0.1:${server.serverPort}`, server);
  } finally {
    server.stop();
  }
}
