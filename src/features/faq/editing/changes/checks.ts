import { Refusal } from '../../../../feature.ts'
import { inChinese } from '../../../../lib/words/input-faults.ts'
import type { FileFault } from '../../../../lib/yaml-file.ts'
import { entryFaults } from '../../knowledge/knowledge-links.ts'
import { type EntryFile, EntryRecord, type Programme, SourceDocument } from '../../records.ts'
import { type Base, type Piece, type PieceAddress, pieceAt } from './pieces.ts'
import { aboutWords, choices, documentWords, fieldWords } from './words.ts'

/** Something wrong with a piece: in which field, by its name in the schema, and what, in Chinese. */
export type Trouble = { place: PieceAddress; field: string; message: string }

/** 「第一行：最多 80 个字」; a document is named too. */
export function sayTrouble({ place, field, message }: Trouble): string {
  const words: Readonly<Record<string, string>> = place.part === 'entries' ? fieldWords : documentWords
  const where = place.part === 'documents' ? `文件 ${place.name} 的` : ''
  return `${where}${words[field] ?? field}：${withoutCodes(message)}`
}

/** For people at a form: 「直接说」 for 「state（直接说）」, which is for people at a file. */
const withoutCodes = (message: string) =>
  message.replaceAll(/\s?\b[a-z_]+（(\p{Script=Han}+)）/gu, '「$1」').replaceAll(/（[a-z_]+）/gu, '')

/** The faults of a single piece, by the schema of the files. The id of a new entry is made from its programme. */
export function troublesOf(place: PieceAddress, piece: Piece): Trouble[] {
  const faults = schemaFaults(place, piece)
  if (place.part !== 'entries' || place.programme !== '') return faults
  const missing = { place, field: 'programme', message: '请选一个' }
  return [missing, ...faults.filter(({ field }) => field !== 'id')]
}

function schemaFaults(place: PieceAddress, piece: Piece): Trouble[] {
  const schema = place.part === 'entries' ? EntryRecord : SourceDocument
  const result = schema.safeParse(piece, { error: inChinese })
  if (result.success) return []
  return result.error.issues.map(({ code, path, message }) => {
    const [field, at, part] = path
    const where = typeof at === 'number' ? `第 ${at + 1} 行，` : ''
    const words = code === 'invalid_value' ? choicesFor(String(field), part) : undefined
    return { place, field: String(field ?? 'id'), message: `${where}${words ?? message}` }
  })
}

/** The valid values, in Chinese. */
function choicesFor(field: string, part: PropertyKey | undefined): string | undefined {
  if (part === 'about')
    return `要以${Object.values(aboutWords)
      .map(word => `「${word}：」`)
      .join('')}之一开头`
  const words = (choices as Readonly<Record<string, readonly string[]>>)[field]
  return words && `要写下面之一：${words.join('、')}`
}

/** As the schema gives it: without spaces around, unknown keys gone. @throws when {@link troublesOf} finds some */
export function soundPiece({ part }: PieceAddress, piece: Piece): Piece {
  return part === 'entries' ? EntryRecord.parse(piece) : SourceDocument.parse(piece)
}

/** The faults between entries of a base whose pieces are each valid. */
export function troublesBetween(base: Base, programmes: readonly Programme[]): Trouble[] {
  const sheets = [...base.values()].map(value => ({
    value,
    fault: (path: readonly PropertyKey[], message: string): FileFault => ({
      file: value.programme,
      line: Number(path[1] ?? -1),
      field: String(path[2] ?? path[0] ?? ''),
      message,
    }),
  }))
  const known = new Set(programmes.map(({ id }) => id))
  return entryFaults(sheets, known).map(({ file, line, field, message }) => ({
    place: { programme: file, part: 'entries', name: nameAt(base.get(file), line) },
    field,
    message,
  }))
}

const nameAt = (file: EntryFile | undefined, at: number) => file?.entries[at]?.id ?? ''

/** Another entry than this has the id. */
export function isTakenElsewhere(base: Base, { programme, part, name }: PieceAddress): boolean {
  if (part !== 'entries') return false
  return [...base.keys()].some(
    other => other !== programme && pieceAt(base, { programme: other, part, name }),
  )
}

/** An edit that can not be taken; `troubles` say where and why. */
export class EditFault extends Refusal {
  override name = 'EditFault'
  readonly troubles: readonly Trouble[]

  constructor(troubles: readonly Trouble[]) {
    super(`还有要改的地方：\n${troubles.map(sayTrouble).join('\n')}`)
    this.troubles = troubles
  }
}
