import type { Aliases, EntryFile } from '../records.ts'

/** Meaning of a name: a programme, and the document by which it is known there. */
type Meaning = { label: string; programme: string }

/**
 * Adds what makers call documents, 「115号文」「国科发政115号」「12号公告」, as names of the programmes that rest on
 * them. A name that several have is ambiguous; what the book has already stays.
 */
export function withDocumentNames(
  { aliases, ambiguous }: Aliases,
  files: readonly Pick<EntryFile, 'programme' | 'documents'>[],
): Aliases {
  const found = files.flatMap(({ programme, documents }) =>
    Object.values(documents).flatMap(({ title, number }) =>
      namesOf(number ?? '').map(name => ({ name, meaning: { label: title, programme } })),
    ),
  )
  const known = new Set([...Object.keys(aliases), ...Object.keys(ambiguous)])
  const table: Aliases = { aliases: { ...aliases }, ambiguous: { ...ambiguous } }
  for (const [name, all] of Map.groupBy(found, ({ name }) => name)) {
    if (known.has(name)) continue
    const meanings = eachOnce(all.map(({ meaning }) => meaning))
    const [only, ...more] = meanings
    if (only && more.length === 0) table.aliases[name] = only.programme
    else table.ambiguous[name] = meanings
  }
  return table
}

const eachOnce = (meanings: readonly Meaning[]) => [
  ...new Map(meanings.map(meaning => [meaning.programme, meaning])).values(),
]

const numbered = /^(?<issuer>[^〔（(\d]+)[〔（(](?<year>\d{4})[〕）)]0*(?<number>\d+)号/u
const announced = /公告(?<year>\d{4})年第(?<number>\d+)号$/u
const decreed = /令第(?<number>\d+)号/u

/** How people write the number of a document. */
function namesOf(number: string): string[] {
  const { issuer = '', year, number: inYear } = numbered.exec(number)?.groups ?? {}
  if (inYear !== undefined)
    return [number, `${issuer}${inYear}号`, `${issuer}${year}年${inYear}号`, `${inYear}号文`]
  const notice = announced.exec(number)?.groups
  if (notice) {
    const { year, number: inYear } = notice
    return [
      `${inYear}号公告`,
      `${year}年${inYear}号公告`,
      `${year}年第${inYear}号公告`,
      `公告${year}年第${inYear}号`,
    ]
  }
  const decree = decreed.exec(number)?.groups
  return decree ? [`${decree.number}号令`, `第${decree.number}号令`] : []
}
