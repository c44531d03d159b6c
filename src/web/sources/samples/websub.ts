import { hmac } from './hmac';
import type { SampleService } from './sample';

/** As hubs sign: W3C WebSub, section 7.1. */
export const signAsHub: SampleService['sign'] = ({ body }, { secret }) => ({
  'x-hub-signature': `sha1=${hmac('sha1', secret, body)}`,
});
