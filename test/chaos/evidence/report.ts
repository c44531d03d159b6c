import type { Finding } from './finding';

/** The figures as a table of two columns. */
export function table(title: string, figures: Finding['figures']): string {
  const width = Math.max(...figures.map(([what]) => what.length));
  const rows = figures.map(
    ([what, value]) => `  ${what.padEnd(width)}  ${String(value).padStart(8)}`,
  );
  return ['', title, ...rows, ''].join('\n');
}
