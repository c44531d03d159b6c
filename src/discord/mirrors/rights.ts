import { answer } from '../views/answer';

/** What somebody reads who is no administrator. */
export const NOT_ADMIN = answer('Only administrators can manage mirrors.');
