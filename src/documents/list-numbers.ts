import { countFormats } from './numerals.ts'

export type ListLevel = {
  /** See `numerals.ts`. */
  format: string
  /** 「第%1条」: %1 stands for the number of the outermost level. */
  text: string
  start: number
  /** Every number of it is said in digits. */
  isLegal: boolean
  /** Numbers of levels above this one (exclusive, from 0) make it begin again. */
  restartsBelow: number
}

/** The list that a paragraph names: the one with which it counts, by its id, and what it has otherwise. */
export type NumberedList = {
  id: string
  /** From 0. */
  levels: ReadonlyMap<number, ListLevel>
  /** Numbers with which its levels begin when they are first used. */
  starts: ReadonlyMap<number, number>
}

/** Says the number that Word shows before a paragraph; empty for none. */
export type Numbering = { labelFor(name: string, level: number): string }

/** Counts automatic numbers as Word does; each call counts on, so paragraphs are asked for in their order. */
export function createNumbering(lists: ReadonlyMap<string, NumberedList>): Numbering {
  const counts = new Map<string, Map<number, number>>()
  const started = new Set<string>()
  return {
    labelFor(name, level) {
      const list = lists.get(name)
      const own = list?.levels.get(level)
      if (!list || !own) return ''
      const values = counts.get(list.id) ?? new Map<number, number>()
      counts.set(list.id, values)
      const start = started.has(`${name}/${level}`) ? undefined : list.starts.get(level)
      started.add(`${name}/${level}`)
      values.set(level, start ?? (values.get(level) ?? own.start - 1) + 1)
      for (const deeper of [...values.keys()])
        if (deeper > level && level < (list.levels.get(deeper)?.restartsBelow ?? deeper))
          values.delete(deeper)
      return own.text.replaceAll(/%(\d)/gu, (_, said: string) => {
        const at = Number(said) - 1
        const shown = list.levels.get(at)
        const format = own.isLegal ? 'decimal' : (shown?.format ?? 'decimal')
        return (countFormats[format] ?? String)(values.get(at) ?? shown?.start ?? 1)
      })
    },
  }
}
