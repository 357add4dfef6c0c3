import { recentlyUsed } from '../../lib/recently-used.ts'
import type { Finder, Finding } from './finder/finder.ts'

/** Limit of kept questions; the least recently asked is evicted. About 3 KB each. */
const mostKept = 500

/** Finds once what many ask in the same words, as they do after a push; forgets all when an entry changes. */
export function cached(finder: Finder): Finder {
  const found = recentlyUsed<Finding>(mostKept)

  return {
    find(question, topic) {
      const key = JSON.stringify([question, topic])
      const finding = found.get(key) ?? finder.find(question, topic)
      found.set(key, finding)
      return finding
    },
    put(item) {
      found.clear()
      finder.put(item)
    },
    remove(id) {
      found.clear()
      return finder.remove(id)
    },
    size: finder.size,
  }
}
