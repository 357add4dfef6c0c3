import { type Log, reasonOf } from '../../log.ts'
import type { SiteContent } from '../../site/content.ts'
import type { RenderedSite } from '../../site/render.ts'

/** Readers see changes after so long at the latest. */
const freshSeconds = 30

type CacheParts = {
  gather(): Promise<SiteContent>
  render(content: SiteContent): Promise<RenderedSite>
  nowMs(): number
  log: Log
}

/**
 * Keeps the rendered pages in memory; old ones are served while new ones are made, and made only where the content
 * changed.
 * @returns the pages at once where there are some
 */
export function createSiteCache({ gather, render, nowMs, log }: CacheParts) {
  let kept: { files: RenderedSite; made: string; atMs: number } | undefined
  let making: Promise<RenderedSite> | undefined

  async function make(): Promise<RenderedSite> {
    try {
      const content = await gather()
      const made = JSON.stringify(content)
      const files = kept?.made === made ? kept.files : await render(content)
      kept = { files, made, atMs: nowMs() }
      return files
    } finally {
      making = undefined
    }
  }

  return (): RenderedSite | Promise<RenderedSite> => {
    const isFresh = kept !== undefined && Math.abs(nowMs() - kept.atMs) < freshSeconds * 1000
    if (kept && isFresh) return kept.files
    making ??= make()
    if (!kept) return making
    making.catch(cause => log.error({ reason: reasonOf(cause) }, 'the public pages could not be made'))
    return kept.files
  }
}
