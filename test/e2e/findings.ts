import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const LOOKS = [
  { width: 360, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds on the page, and what is too narrow or too small, on a phone and on a desk, by day and by night. */
export async function findings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(AXE);
    const violations = await page.evaluate(
      async () =>
        (await (window as never as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run())
          .violations,
    );
    const narrow = await page.evaluate(() => {
      const small = [...document.querySelectorAll('button, input, a')].filter((each) => {
        const { width, height } = each.getBoundingClientRect();
        return width > 0 && (height < 44 || width < 44);
      });
      const isWide = document.documentElement.scrollWidth > window.innerWidth;
      return [...small.map((each) => `small: ${each.outerHTML}`), ...(isWide ? ['scrolls sideways'] : [])];
    });
    const said = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
    found.push(...[...said, ...narrow].map((each) => `${width} ${colorScheme} ${each}`));
  }
  return found;
}
