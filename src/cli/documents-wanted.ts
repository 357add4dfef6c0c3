import { parseArgs } from 'node:util'
import { textOf } from '../features/faq/cited-clauses.ts'
import { type Knowledge, loadKnowledge } from '../features/faq/knowledge/knowledge.ts'
import type { Entry, SourceDocument } from '../features/faq/records.ts'
import { readMatching } from '../matching/load.ts'
import { setFigures } from '../text/figures/lost-figures.ts'

/** A document on which answers rest, and where it is to be had. */
type WantedDocument = {
  title: string
  number: string | undefined
  issuer: string
  date: string | undefined
  /** Official pages; empty where none is known: the office is to be asked. */
  url: string | undefined
  /** Entries that cite it, by id. */
  entries: string[]
  /** Figures that these entries tell. */
  figures: number
  /** Conditions of matching that rest on it. */
  conditions: number
}
type WantedByProgramme = {
  id: string
  name: string
  /** The offices to ask for it. */
  offices: string[]
  /** Official pages about the programme, where a document has none of its own. */
  pages: string[]
  documents: WantedDocument[]
}

/**
 * `documents:wanted [--json] [--folder data]`: the documents that each programme rests on and where they are to be
 * had, those with the most figures first.
 */
export function runDocumentsWanted(
  args: readonly string[],
  print = (text: string) => process.stdout.write(text),
): void {
  const options = { json: { type: 'boolean' }, folder: { type: 'string', default: 'data' } } as const
  const { json, folder } = parseArgs({ args: [...args], options }).values
  const wanted = wantedIn(folder)
  print(
    json
      ? `${JSON.stringify(wanted, undefined, 2)}\n`
      : `${wanted.map(say).join('\n')}\n${sayTotal(wanted)}\n`,
  )
}

function wantedIn(folder: string): WantedByProgramme[] {
  const knowledge = loadKnowledge(folder)
  const conditions = conditionsByTitle(folder)
  return knowledge.programmes.flatMap(({ id, name, offices, links }) => {
    const documents = documentsOf(id, knowledge, conditions)
    return documents.length === 0
      ? []
      : [{ id, name, offices, pages: links.map(({ url }) => url), documents }]
  })
}

function documentsOf(
  programme: string,
  { entries }: Knowledge,
  conditions: ReadonlyMap<string, number>,
): WantedDocument[] {
  const own = entries.filter(entry => entry.programme === programme)
  const cited = own.flatMap(entry => citedBy(entry).map(document => ({ document, entry })))
  return [...Map.groupBy(cited, ({ document }) => document).entries()]
    .map(([{ title, number, issuer, date, link }, uses]) => ({
      title,
      number: number ?? undefined,
      issuer,
      date: date ?? undefined,
      url: link?.url,
      entries: uses.map(({ entry }) => entry.id),
      figures: uses.reduce((sum, { entry }) => sum + setFigures(textOf(entry)).length, 0),
      conditions: conditions.get(title) ?? 0,
    }))
    .sort((a, b) => b.figures + b.conditions - (a.figures + a.conditions))
}

const citedBy = ({ documents, details }: Entry): SourceDocument[] => [
  ...new Set([...documents, ...details.flatMap(({ document }) => document ?? [])]),
]

/** How many conditions of matching rest on a document, by its title. */
function conditionsByTitle(folder: string): Map<string, number> {
  const { tracks, facts } = readMatching(folder).rules
  const titles = tracks.flatMap(track =>
    track.conditions.flatMap(({ fact = track.fact }) =>
      (facts.get(fact)?.documents ?? []).map(({ title }) => title),
    ),
  )
  return new Map([...Map.groupBy(titles, title => title)].map(([title, all]) => [title, all.length]))
}

function say({ name, offices, pages, documents }: WantedByProgramme): string {
  const besides = pages.length > 0 ? `；项目的网页上也可能有：${pages.join('、')}` : ''
  const lines = documents.map(({ title, number, issuer, date, url, entries, figures, conditions }) => {
    const head = `《${title}》${number ?? '（文号未核到）'}，${issuer}，${date ?? '日期未核到'}`
    const use = `${entries.length} 条知识、${figures} 个数字${conditions > 0 ? `、${conditions} 条匹配条件` : ''}`
    return `  ${head}\n    用在：${use}\n    到哪里找：${url ?? `还没核到网址，请问${offices.join('、')}${besides}`}`
  })
  return [`${name}（${documents.length} 份）`, ...lines].join('\n')
}

function sayTotal(wanted: readonly WantedByProgramme[]): string {
  const documents = wanted.flatMap(one => one.documents)
  const found = documents.filter(({ url }) => url !== undefined).length
  return `共 ${wanted.length} 个项目、${documents.length} 份文件，${found} 份有官方网址。下载以后在控制台「问答 → 文件库」上传，两人核对后回答就能逐条引用。`
}
