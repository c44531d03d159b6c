/** `npm test`: sets everything up and runs every test. Arguments are passed on to jest. */
import { begin } from './begin.mjs';

begin(['test'].concat(process.argv.slice(2)));
