import type { KnowledgeFiles } from '../../features/faq/knowledge/knowledge.ts'
import { fold } from '../../text/fold.ts'

type Words = Pick<KnowledgeFiles, 'aliases' | 'programmes'>

/** Every name of every programme, by which the guard knows one from another. */
export function programmeNamesById({ aliases, programmes }: Words): Map<string, string> {
  return new Map([
    ...Object.entries(aliases.aliases),
    ...programmes.map(({ name, id }): [string, string] => [name, id]),
  ])
}

/** Names a programme by its id; an unknown one by the id itself. */
export function programmeNames({ programmes }: Pick<KnowledgeFiles, 'programmes'>): (id: string) => string {
  const names = new Map(programmes.map(({ id, name }) => [id, name]))
  return id => names.get(id) ?? id
}

/** The names that people use for each programme. */
export function wordsOf({ programmes, aliases }: Words) {
  const names = Object.entries(aliases.aliases)
  return programmes.map(({ id, name }) => ({
    id,
    words: [name, ...names.flatMap(([word, programme]) => (programme === id ? [word] : []))],
  }))
}

/** Finds the programmes that a folded text names, by the longest name at each place. */
export function programmesIn(knowledge: Words): (folded: string) => string[] {
  const names = [...programmeNamesById(knowledge)]
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
  const nameOf = programmeNames({ programmes })
  const lines = sources.flatMap(({ value: { programme, entries } }) =>
    entries
      .filter(
        ({ id, status, policy }) => status === 'live' && policy === 'history_only' && id.endsWith('-when'),
      )
      .map(({ short }) => `${nameOf(programme)}：${short}`),
  )
  return () => lines
}
