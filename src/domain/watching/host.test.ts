import { expect, it } from '@jest/globals';
import { hostOf } from './host';

it.each([
  ['play.example.org', 'play.example.org'],
  ['Play.Example.org.', 'play.example.org'],
  [' play.example.org:25566 ', 'play.example.org'],
  ['10.0.0.7:25565', '10.0.0.7'],
  ['2001:DB8::7', '2001:db8::7'],
  ['[2001:db8::7]:25565', '2001:db8::7'],
  ['https://status.example.org:8443/health?x=1', 'status.example.org'],
  ['http://[2001:db8::7]:80/', '2001:db8::7'],
  ['https://somebody@example.org/a@b', 'example.org'],
])('the host of %s is %s', (address, host) => {
  expect(hostOf(address)).toBe(host);
});
