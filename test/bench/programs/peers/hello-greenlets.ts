/** Answers every request with the same text; its port is the argument. */
import { HttpServer } from 'greenlets/http';

new HttpServer(['127.0.0.1', Number(process.argv[2])], () => 'hello world').serveForever();
