import { type Base, baseOf } from '../src/features/faq/editing/changes/pieces.ts'
import { createLiveFinder, type LiveFinder } from '../src/features/faq/editing/trials/live-finder.ts'
import type { Finding } from '../src/features/faq/finder/finder.ts'
import type { KnowledgeFiles } from '../src/features/faq/knowledge/knowledge.ts'
import { recentlyUsed } from '../src/lib/recently-used.ts'

/** Findings that are kept for the next bot that is asked the same. */
const mostKept = 1000

/**
 * Live finders over the same files, for the bots of a worker: the index takes most of a start, and is built once; what
 * it finds for a question is looked up once, too. A finder that is told of an edit builds an index of its own.
 */
export function shareFinder(files: KnowledgeFiles): () => Promise<LiveFinder> {
  const seed = baseOf(files.sources.map(({ value }) => value))
  let built: Promise<LiveFinder> | undefined
  const findings = recentlyUsed<Finding>(mostKept)

  function findShared({ find }: LiveFinder, question: string, topic: string | undefined): Finding {
    const key = JSON.stringify([question, topic])
    const finding = findings.get(key) ?? find(question, topic)
    findings.set(key, finding)
    return finding
  }

  return async () => {
    built ??= createLiveFinder(seed, files)
    let finder = await built
    let isOwn = false
    return {
      find: (question, topic) => (isOwn ? finder.find(question, topic) : findShared(finder, question, topic)),
      size: () => finder.size(),
      async sync(base) {
        if (isOwn) return finder.sync(base)
        if (hasSameEntries(base, seed)) return
        finder = await createLiveFinder(base, files)
        isOwn = true
      },
    }
  }
}

const entriesOf = (base: Base) => [...base.values()].flatMap(({ entries }) => entries)

/** An unchanged entry is the same object. */
function hasSameEntries(base: Base, seed: Base): boolean {
  const [entries, others] = [entriesOf(base), entriesOf(seed)]
  return entries.length === others.length && entries.every((entry, at) => entry === others[at])
}
