import { type Log, reasonOf } from '../../log.ts'
import type { SiteContent } from '../../site/content.ts'
import type { RenderedSite } from '../../site/render.ts'

/** Pages are rendered anew this long after the last time. */
const freshSeconds = 30
/** Readers wait for new pages where these are older: what was taken back is gone within this time. */
const oldestSeconds = 60

type CacheParts = {
  gather(): Promise<SiteContent>
  render(content: SiteContent): Promise<RenderedSite>
  nowMs(): number
  log: Log
}

/**
 * Keeps the rendered pages in memory; old ones are served while new ones are made, and made only where the content
 * changed.
 * @returns the pages at once where they are not too old
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
    const ageMs = kept ? Math.abs(nowMs() - kept.atMs) : Number.POSITIVE_INFINITY
    if (kept && ageMs < freshSeconds * 1000) return kept.files
    making ??= make()
    const old = kept?.files
    if (!old) return making
    const made = making.catch(cause => {
      log.error({ reason: reasonOf(cause) }, 'the public pages could not be made')
      return old
    })
    return ageMs < oldestSeconds * 1000 ? old : made
  }
}
