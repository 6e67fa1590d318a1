/** Preloaded by `greenlets trace`: records the program's switches and prints them when it ends. */

import './register.ts';
import { startTrace } from './instrument/trace.ts';

startTrace();
