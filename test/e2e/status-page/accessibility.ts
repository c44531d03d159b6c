import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const results = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/**
 * What hinders people with disabilities on a page, in words: WCAG 2.2 A and AA, and what axe calls good
 * practice.
 */
export async function hindrances(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = results.parse(await page.evaluate('axe.run()'));
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 3)
        .map(({ html, failureSummary = '' }) => `${html} ${failureSummary}`)
        .join(' | ')}`,
  );
}
