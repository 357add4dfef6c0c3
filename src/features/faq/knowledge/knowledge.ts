import { type Folders, fileIn, yamlFilesIn } from '../../../lib/layered-files.ts'
import { readYaml } from '../../../lib/yaml-file.ts'
import type { MakersWords } from '../finder/query/makers-words.ts'
import { Aliases, type Entry, EntryFile, type Programme, ProgrammeFile } from '../records.ts'
import { readThresholds, type Thresholds } from '../verdicts/thresholds.ts'
import { withDocumentNames } from './document-names.ts'
import { crossFaults } from './knowledge-links.ts'
import { KnowledgeFault } from './knowledge-sheet.ts'
import { makersWordsOf, readMakersWordsFile } from './makers-words.ts'
import { noStrangers, readSituations, readStrangers, type Situations, type Strangers } from './situations.ts'

/** All that the bot may say. `entries` are live; drafts and withdrawn ones lie apart so that none is answered. */
export type Knowledge = {
  entries: Entry[]
  shelved: Entry[]
  programmes: Programme[]
  aliases: Aliases
  situations: Situations
  strangers: Strangers
  thresholds: Thresholds
  makersWords: MakersWords
}

/** A sound file of entries, and the text that it was read from. */
export type EntrySource = { file: string; text: string; value: EntryFile }
/** The knowledge as it stands in its files; edits on the console are made to this. */
export type KnowledgeFiles = {
  sources: EntrySource[]
  programmes: Programme[]
  aliases: Aliases
  situations: Situations
  strangers: Strangers
  thresholds: Thresholds
  makersWords: MakersWords
}

/**
 * Reads the knowledge in a folder, or in a district's own over the shared one: `faq/*.yaml`,
 * `faq-situations/*.yaml`, `faq-strangers.yaml`, `faq-thresholds.yaml`, `faq-words.yaml`,
 * `programmes/*.yaml`, `aliases.yaml`. All or nothing.
 * @throws {@link KnowledgeFault} with every fault at once, each by file, line and field
 */
export function readKnowledge(folder: Folders): KnowledgeFiles {
  const entrySheets = yamlIn(folder, 'faq').map(file => readYaml(file, EntryFile))
  const programmeSheets = yamlIn(folder, 'programmes').map(file => readYaml(file, ProgrammeFile))
  const aliases = readYaml(fileIn(folder, 'aliases.yaml'), Aliases)
  const strangers = readStrangers(fileIn(folder, 'faq-strangers.yaml'))
  const { thresholds, faults: thresholdFaults } = readThresholds(fileIn(folder, 'faq-thresholds.yaml'))
  const words = readMakersWordsFile(fileIn(folder, 'faq-words.yaml'))
  const { situations, faults: situationFaults } = readSituations(fileIn(folder, 'faq-situations'))
  const sheets = { entries: entrySheets, programmes: programmeSheets, aliases }
  const faults = [...entrySheets, ...programmeSheets, aliases].flatMap(sheet => sheet.faults)
  faults.push(...situationFaults, ...strangers.faults, ...thresholdFaults, ...words.faults)
  if (faults.length === 0) faults.push(...crossFaults(sheets))
  if (faults.length > 0 || !aliases.value) throw new KnowledgeFault(faults)
  return {
    sources: entrySheets.flatMap(({ file, text, value }) => (value ? [{ file, text, value }] : [])),
    programmes: programmeSheets.flatMap(sheet => sheet.value?.programmes ?? []),
    aliases: withDocumentNames(
      aliases.value,
      entrySheets.flatMap(({ value }) => value ?? []),
    ),
    situations,
    strangers: strangers.value ?? noStrangers,
    thresholds,
    makersWords: makersWordsOf(words.value),
  }
}

/**
 * The knowledge in a folder, ready to be answered from.
 * @throws {@link KnowledgeFault} as {@link readKnowledge} does
 */
export function loadKnowledge(folder: Folders): Knowledge {
  const { sources, ...others } = readKnowledge(folder)
  const entries = resolveEntries(sources.map(({ value }) => value))
  return {
    entries: entries.filter(entry => entry.status === 'live'),
    shelved: entries.filter(entry => entry.status !== 'live'),
    ...others,
  }
}

function yamlIn(folder: Folders, part: string): string[] {
  const files = yamlFilesIn(folder, part)
  if (files.length > 0) return files
  throw new KnowledgeFault([{ file: fileIn(folder, part), line: 1, field: '', message: '找不到' }])
}

/** Puts documents and the question of the replacement in the place of their names. */
export function resolveEntries(files: readonly EntryFile[]): Entry[] {
  const questions = new Map(files.flatMap(file => file.entries.map(entry => [entry.id, entry.question])))
  return files.flatMap(file =>
    file.entries.map(({ documents, details, replacedBy, ...entry }) => ({
      ...entry,
      programme: file.programme,
      documents: documents.flatMap(name => file.documents[name] ?? []),
      details: details.map(detail => ({
        ...detail,
        document: file.documents[detail.document ?? documents[0] ?? ''],
      })),
      ...(replacedBy ? { replacedBy: { id: replacedBy, question: questions.get(replacedBy) ?? '' } } : {}),
    })),
  )
}
