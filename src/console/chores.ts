import type { Feature } from '../feature.ts'
import { type Log, reasonOf } from '../log.ts'
import type { Chore } from '../ports/overviews.ts'

/** Chores of all features, in their order. A feature that fails is left out and logged. */
export async function choresOf(features: readonly Feature[], log: Log): Promise<Chore[]> {
  const found = await Promise.all(
    features.map(async feature => {
      try {
        return (await feature.chores?.()) ?? []
      } catch (cause) {
        log.error({ feature: feature.name, reason: reasonOf(cause) }, 'what waits could not be listed')
        return []
      }
    }),
  )
  return found.flat()
}
