import { resolve } from 'node:path';
import { Conformance } from './conformance';
import { HOW_TO_GET_IT, findDescription, readDescription } from './description';

/**
 * The vendor's description for a test file, read when it is first asked for.
 * @returns undefined where the file is not here: then a person is told why, and how to get it
 */
export function vendorDescription(): (() => Conformance) | undefined {
  const file = findDescription(process.env, resolve(__dirname, '../..'));
  if (file === undefined) {
    console.warn(HOW_TO_GET_IT);
    return undefined;
  }
  let conformance: Conformance | undefined;
  return () => (conformance ??= new Conformance(readDescription(file)));
}
