import { jest } from '@jest/globals';

/**
 * A limit that only a hanging test reaches: these tests wait for servers, on machines that may be
 * busy with something else.
 */
jest.setTimeout(120_000);
