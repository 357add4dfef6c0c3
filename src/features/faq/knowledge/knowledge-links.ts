import type { FileFault, YamlFile } from '../../../lib/yaml-file.ts'
import type { Aliases, EntryFile, EntryRecord, ProgrammeFile } from '../records.ts'

/** A file that was read, or its like: what stands in it, and how to say that something in it is wrong. */
export type Placeable<T> = Pick<YamlFile<T>, 'value' | 'fault'>
type Sheets = {
  entries: Placeable<EntryFile>[]
  programmes: Placeable<ProgrammeFile>[]
  aliases: Placeable<Aliases>
}
type Placed = { entry: EntryRecord; at: number; sheet: Placeable<EntryFile> }

/** Faults between files that are each sound: entries of one id, names without a target, cycles. */
export function crossFaults({ entries, programmes, aliases }: Sheets): FileFault[] {
  const placed = programmes.flatMap(sheet =>
    (sheet.value?.programmes ?? []).map((programme, at) => ({ id: programme.id, at, sheet })),
  )
  const known = new Set(placed.map(({ id }) => id))
  return [
    ...duplicateIds(placed.map(programme => ({ ...programme, list: 'programmes' }))),
    ...entryFaults(entries, known),
    ...aliasFaults(aliases, known),
  ]
}

/** Faults between entries of all files. @param known the programmes that there are, by id */
export function entryFaults(sheets: Placeable<EntryFile>[], known: ReadonlySet<string>): FileFault[] {
  const placed = sheets.flatMap(sheet =>
    (sheet.value?.entries ?? []).map((entry, at) => ({ entry, at, sheet })),
  )
  return [
    ...duplicateIds(placed.map(({ entry, at, sheet }) => ({ id: entry.id, at, sheet, list: 'entries' }))),
    ...programmeFaults(sheets, known),
    ...placed.flatMap(documentFaults),
    ...replacementFaults(placed),
  ]
}

function programmeFaults(sheets: Placeable<EntryFile>[], known: ReadonlySet<string>): FileFault[] {
  const seen = new Set<string>()
  return sheets.flatMap(({ value, fault }) => {
    if (!value) return []
    const isSecond = seen.has(value.programme)
    seen.add(value.programme)
    if (!known.has(value.programme)) return [fault(['programme'], `没有这个项目：${value.programme}`)]
    return isSecond ? [fault(['programme'], `另一个文件已经写了这个项目：${value.programme}`)] : []
  })
}

type Named = { id: string; at: number; list: string; sheet: Pick<YamlFile<unknown>, 'fault'> }

function duplicateIds(all: Named[]): FileFault[] {
  const seen = new Set<string>()
  return all.flatMap(({ id, at, list, sheet }) => {
    if (seen.has(id)) return [sheet.fault([list, at, 'id'], `编号重复：${id}`)]
    seen.add(id)
    return []
  })
}

function documentFaults({ entry, at, sheet }: Placed): FileFault[] {
  const known = sheet.value?.documents ?? {}
  const own = entry.documents.flatMap((name, n) =>
    name in known ? [] : [sheet.fault(['entries', at, 'documents', n], `本文件的 documents 里没有：${name}`)],
  )
  const inDetails = entry.details.flatMap((detail, n) =>
    detail.document === undefined || entry.documents.includes(detail.document)
      ? []
      : [
          sheet.fault(
            ['entries', at, 'details', n, 'document'],
            `这一条的 documents 里没有：${detail.document}`,
          ),
        ],
  )
  return [...own, ...inDetails]
}

function replacementFaults(placed: Placed[]): FileFault[] {
  const next = new Map(placed.map(({ entry }) => [entry.id, entry.replacedBy]))
  return placed.flatMap(({ entry, at, sheet }) => {
    if (entry.replacedBy === undefined) return []
    const path = ['entries', at, 'replacedBy']
    if (!next.has(entry.replacedBy)) return [sheet.fault(path, `没有这个条目：${entry.replacedBy}`)]
    return leadsBack(entry.id, next) ? [sheet.fault(path, `接替关系绕成了圈：${entry.id}`)] : []
  })
}

function leadsBack(start: string, next: ReadonlyMap<string, string | undefined>): boolean {
  const passed = new Set<string>()
  let at = next.get(start)
  while (at !== undefined && !passed.has(at)) {
    if (at === start) return true
    passed.add(at)
    at = next.get(at)
  }
  return false
}

function aliasFaults(sheet: Placeable<Aliases>, known: ReadonlySet<string>): FileFault[] {
  const { aliases = {}, ambiguous = {} } = sheet.value ?? {}
  return [
    ...Object.entries(aliases).flatMap(([word, programme]) => [
      ...(known.has(programme) ? [] : [sheet.fault(['aliases', word], `没有这个项目：${programme}`)]),
      ...(word in ambiguous
        ? [sheet.fault(['aliases', word], '同一个词又写在 ambiguous 里，只能留一处')]
        : []),
    ]),
    ...Object.entries(ambiguous).flatMap(([word, meanings]) =>
      meanings.flatMap(({ programme }, n) =>
        programme === undefined || known.has(programme)
          ? []
          : [sheet.fault(['ambiguous', word, n, 'programme'], `没有这个项目：${programme}`)],
      ),
    ),
  ]
}
