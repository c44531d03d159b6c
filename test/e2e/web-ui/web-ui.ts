import type { BrowserContext, Page } from 'playwright-core';

/** How long a page may take to show something, on a busy machine (milliseconds). */
const PATIENCE = 60_000;
const LOOK_AGAIN_MS = 100;
const FRAME_MS = 2_000;

/** The Temporal Web UI as a member of staff uses it: by what they read and click. */
export class WebUi {
  private constructor(
    readonly page: Page,
    private readonly workflows: string,
  ) {}

  /** @param url the Web UI's address, without a slash at its end */
  static async open(context: BrowserContext, url: string, namespace: string): Promise<WebUi> {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    return new WebUi(page, `${url}/namespaces/${namespace}/workflows`);
  }

  /** Opens the list with a filter in its address, as a link or a bookmark does. */
  async openList(query?: string): Promise<void> {
    const search = query === undefined ? '' : `?query=${encodeURIComponent(query)}`;
    await this.page.goto(`${this.workflows}${search}`);
  }

  /** Adds a filter for a number by hand. */
  async filterByNumber(attribute: string, value: number): Promise<void> {
    await this.page.getByRole('button', { name: 'Add Filter' }).click();
    await this.page.getByTestId('filter-search').fill(attribute);
    await this.page.getByText(attribute, { exact: true }).click();
    await this.page.getByPlaceholder('Enter a number').fill(String(value));
    await this.page.getByRole('button', { name: 'Apply' }).click();
  }

  /** The filters as the list shows them, such as `CastellanStatus = "open"`. */
  async shownFilter(attribute: string): Promise<string> {
    const filter = this.page.getByRole('button', { name: attribute });
    await filter.waitFor();
    return (await filter.innerText()).replaceAll(/\s+/g, ' ').trim();
  }

  /**
   * The ids of the listed workflows, once there are as many as expected.
   *
   * @throws Error when there never are
   */
  async listed(count: number): Promise<string[]> {
    const heading = new RegExp(`^${count} Workflows?$`);
    await this.page.getByText(heading).first().waitFor();
    const links = await this.page.getByRole('link', { name: /^(ticket|panel)-/ }).allInnerTexts();
    return links.map((text) => text.trim()).sort();
  }

  /** Opens a workflow from the list, on its timeline. */
  async openWorkflow(id: string): Promise<void> {
    await this.page.getByRole('link', { name: id, exact: true }).click();
    await this.page.getByRole('heading', { name: id }).waitFor();
  }

  /** Opens one of a workflow's tabs. */
  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /**
   * What a person reads on the page, rendered markdown included, once all of the texts are there.
   *
   * @throws Error with what is read instead, when they do not come
   */
  async text(...expected: readonly string[]): Promise<string> {
    const until = performance.now() + PATIENCE;
    for (;;) {
      const read = await this.#read();
      if (expected.every((text) => read.includes(text))) return read;
      if (performance.now() > until) {
        const missing = expected.filter((text) => !read.includes(text));
        throw new Error(`The page does not say "${missing.join('", "')}" but:\n${read}`);
      }
      await this.page.waitForTimeout(LOOK_AGAIN_MS);
    }
  }

  /**
   * Takes a picture of the page.
   *
   * @param path where to; a PNG
   * @param height of the window, in pixels
   */
  async picture(path: string, height: number): Promise<void> {
    const { width } = this.page.viewportSize() ?? { width: 1_280 };
    await this.page.setViewportSize({ width, height });
    await this.page.screenshot({ path });
  }

  async #read(): Promise<string> {
    const texts = await Promise.all(
      this.page.frames().map((frame) =>
        frame
          .locator('body')
          .innerText({ timeout: FRAME_MS })
          // It was replaced while we looked; the next look sees the new one.
          .catch(() => ''),
      ),
    );
    return texts.join('\n').replaceAll('\u00a0', ' ');
  }
}
