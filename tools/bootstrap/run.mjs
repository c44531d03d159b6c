/** `npm run NAME`: sets up what the task NAME of tasks.mjs needs and runs it with the arguments. */
import { begin } from './begin.mjs';

begin(process.argv.slice(2));
