import { onTestFinished } from 'vitest'
import { listenSite, type Pages } from '../../loopback-site.ts'

export type { Pages } from '../../loopback-site.ts'

/** A site on loopback for as long as a test runs. */
export async function openSite(pages: Pages) {
  const site = await listenSite(pages)
  onTestFinished(site.close)
  return site
}
