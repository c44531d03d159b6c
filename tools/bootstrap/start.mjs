/** `npm start`: sets everything up and runs the whole product. Arguments are passed on. */
import { begin } from './begin.mjs';

begin(['start'].concat(process.argv.slice(2)));
