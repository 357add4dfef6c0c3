import type { Chore, Feature } from '../feature.ts'
import { type Log, reasonOf } from '../log.ts'

/** What waits for a person, in the features' order. One that cannot say must not take the page from the others. */
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
