import { join } from 'node:path'
import { isMap, isNode, isScalar, isSeq, LineCounter, parse, parseDocument, stringify } from 'yaml'
import type { EntrySource } from '../../knowledge/knowledge.ts'
import { EntryFile } from '../../records.ts'
import { type Base, isSame } from '../changes/pieces.ts'

/** A file as it would stand in the folder of the knowledge. */
export type ExportedFile = { file: string; text: string; isChanged: boolean }

/**
 * The base as files again. An unedited file is the same, byte for byte; an edited one differs only in the
 * lines of the entries and documents that were edited, and new ones come last.
 * @param folder where a programme that has no file yet gets one
 */
export function exportFiles(sources: readonly EntrySource[], base: Base, folder: string): ExportedFile[] {
  const known = new Set(sources.map(({ value }) => value.programme))
  const old = sources.map(({ file, text, value }) => {
    const now = base.get(value.programme) ?? value
    const next = isSame(value, now) ? text : edited(text, value, now)
    return { file, text: next, isChanged: next !== text }
  })
  const added = [...base.values()]
    .filter(({ programme, entries }) => !known.has(programme) && entries.length > 0)
    .map(value => ({
      file: join(folder, `${value.programme.replaceAll('_', '-')}.yaml`),
      text: wholeFile(value),
      isChanged: true,
    }))
  return [...old, ...added]
}

function edited(text: string, before: EntryFile, now: EntryFile): string {
  const spliced = splice(text, before, now)
  // A file in a style that lines can not be put into (flow style, anchors) is written anew as a whole.
  const isRight = spliced !== undefined && isSame(EntryFile.safeParse(parse(spliced)).data, now)
  return isRight ? spliced : wholeFile(now)
}

/** Lines from `from` up to but not with `to`, both counted from 0, and what comes in their place. */
type Patch = { from: number; to: number; lines: string[] }

function splice(text: string, before: EntryFile, now: EntryFile): string | undefined {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const entries = document.get('entries', true)
  const documents = document.get('documents', true)
  if (!isSeq(entries) || entries.flow || !isMap(documents) || documents.flow) return undefined
  const lines = text.split('\n')
  const lineOf = (node: unknown) =>
    isNode(node) && node.range ? counter.linePos(node.range[0]).line - 1 : -1
  const entryLines = entries.items.map(lineOf)
  const names = documents.items.map(({ key }) => key)
  const documentLines = names.map(lineOf)
  if ([...entryLines, ...documentLines].includes(-1)) return undefined
  const entriesKey = lineOf(keyOf(document.contents, 'entries'))
  const documentsEnd = entriesKey > (documentLines[0] ?? 0) ? entriesKey : lines.length
  const entriesEnd =
    entriesKey > (documentLines[0] ?? 0) ? lines.length : lineOf(keyOf(document.contents, 'documents'))
  const patches = [
    ...patchesOf(
      before.entries.map(entry => [entry.id, entry]),
      now.entries.map(entry => [entry.id, entry]),
      {
        starts: entryLines,
        end: entriesEnd,
        lines,
        isUsuallySpaced: true,
        render: (_, entry) => stringify([entry], style),
      },
    ),
    ...patchesOf(Object.entries(before.documents), Object.entries(now.documents), {
      starts: documentLines,
      end: documentsEnd,
      lines,
      isUsuallySpaced: false,
      render: (name, document) => stringify({ [name]: document }, style),
    }),
  ]
  for (const { from, to, lines: put } of patches.sort((a, b) => b.from - a.from))
    lines.splice(from, to - from, ...put)
  return lines.join('\n')
}

const style = { lineWidth: 0 } as const

function keyOf(map: unknown, name: string): unknown {
  return isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === name)?.key : undefined
}

type Listed = [name: string, value: unknown][]
type Ground = {
  /** The line on which each begins, in their order. */
  starts: number[]
  /** The line after the last of them. */
  end: number
  lines: readonly string[]
  /** A blank line between two, where there are no two to see it by. */
  isUsuallySpaced: boolean
  render(name: string, value: unknown): string
}

function patchesOf(
  before: Listed,
  now: Listed,
  { starts, end, lines, isUsuallySpaced, render }: Ground,
): Patch[] {
  const places = new Map(before.map(([name], at) => [name, at]))
  const was = new Map(before)
  const bodyEnd = (at: number) => lastOwnLine(lines, starts[at] ?? 0, starts[at + 1] ?? end)
  const indent = ' '.repeat(/^ */u.exec(lines[starts[0] ?? 0] ?? '')?.[0].length ?? 2)
  const written = (name: string, value: unknown) =>
    render(name, value)
      .trimEnd()
      .split('\n')
      .map(line => indent + line)
  const changed = now.flatMap(([name, value]): Patch[] => {
    const at = places.get(name)
    if (at === undefined || isSame(was.get(name), value)) return []
    return [{ from: starts[at] ?? 0, to: bodyEnd(at), lines: written(name, value) }]
  })
  const last = bodyEnd(starts.length - 1)
  const isSpaced = starts.length < 2 ? isUsuallySpaced : lines[(starts[1] ?? 0) - 1]?.trim() === ''
  const added = now
    .filter(([name]) => !places.has(name))
    .flatMap(([name, value]) => [...(isSpaced ? [''] : []), ...written(name, value)])
  return added.length > 0 ? [...changed, { from: last, to: last, lines: added }] : changed
}

/** Blank lines and comments before the next one belong to that. @returns the line after the last that is its own */
function lastOwnLine(lines: readonly string[], from: number, to: number): number {
  let end = to
  while (end > from + 1 && /^\s*(?:#.*)?$/u.test(lines[end - 1] ?? '')) end -= 1
  return end
}

/** A file in the house's form: a blank line between its parts and its entries. */
function wholeFile({ programme, documents, entries }: EntryFile): string {
  const parts = [
    stringify({ programme }, style),
    stringify({ documents }, style),
    entries.length === 0
      ? stringify({ entries }, style)
      : `entries:\n${entries.map(entry => stringify([entry], style).replace(/(?<![^\n])(?=[^\n])/gu, '  ')).join('\n')}`,
  ]
  return parts.join('\n')
}
