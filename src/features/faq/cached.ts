import type { Finder, Finding } from './finder/finder.ts'

/** Limit of kept questions; the least recently asked is evicted. About 3 KB each. */
const mostKept = 500

/** Finds once what many ask in the same words, as they do after a push; forgets all when an entry changes. */
export function cached(finder: Finder): Finder {
  const found = new Map<string, Finding>()

  return {
    find(question, topic) {
      const key = JSON.stringify([question, topic])
      const finding = found.get(key) ?? finder.find(question, topic)
      found.delete(key)
      found.set(key, finding)
      const oldest = found.keys().next().value
      if (found.size > mostKept && oldest !== undefined) found.delete(oldest)
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
