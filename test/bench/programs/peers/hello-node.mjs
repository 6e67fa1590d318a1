/** Answers every request with the same text; its port is the argument. */
import { createServer } from 'node:http';

createServer((_request, response) => response.end('hello world')).listen(
  Number(process.argv[2]),
  '127.0.0.1',
);
