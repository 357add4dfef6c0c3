import type { KnowledgeFiles } from '../features/faq/knowledge.ts'
import { fold } from '../text/fold.ts'

/** Finds the programmes that a folded text names, by the longest name at each place. */
export function programmesIn({
  aliases,
  programmes,
}: Pick<KnowledgeFiles, 'aliases' | 'programmes'>): (folded: string) => string[] {
  const names = [
    ...Object.entries(aliases.aliases),
    ...programmes.map(({ name, id }): [string, string] => [name, id]),
  ]
    .map(([name, id]) => ({ name: fold(name), id }))
    .filter(({ name }) => name.length > 1)
    .sort((a, b) => b.name.length - a.name.length)
  return folded => {
    const found = new Set<string>()
    let left = folded
    for (const { name, id } of names) {
      if (!left.includes(name)) continue
      found.add(id)
      left = left.replaceAll(name, '，')
    }
    return [...found]
  }
}

/** When programmes were open before, each as one line; from entries that are told as history only. */
export function usualWindows({
  sources,
  programmes,
}: Pick<KnowledgeFiles, 'sources' | 'programmes'>): () => string[] {
  const names = new Map(programmes.map(({ id, name }) => [id, name]))
  const lines = sources.flatMap(({ value: { programme, entries } }) =>
    entries
      .filter(
        ({ id, status, policy }) => status === 'live' && policy === 'history_only' && id.endsWith('-when'),
      )
      .map(({ short }) => `${names.get(programme) ?? programme}：${short}`),
  )
  return () => lines
}
