import { loadConfig } from './platform/config.js';
import { plainly } from './platform/plainly.js';
import { serve } from './serve.js';

await plainly(() => serve(loadConfig(process.env)));
