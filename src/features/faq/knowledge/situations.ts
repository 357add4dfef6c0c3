import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type FileFault, readYaml } from '../../../lib/yaml-file.ts'

/** How makers tell what an entry answers, by its id: in their own words, without the name of the programme. */
export type Situations = ReadonlyMap<string, readonly string[]>

const longest = 80
const SituationFile = z.record(
  z.string(),
  z.array(z.string().trim().min(1).max(longest, `一句最多 ${longest} 个字`)),
)

/** Questions of such groups that the base does not answer. */
const Strangers = z.strictObject({
  topics: z.array(z.string().min(1)),
  situations: z.array(z.string().min(1)),
  /** Asked beside the name of a programme of ours, and still nothing that an entry says: 「高企找哪家代理好」. */
  beside: z.array(z.string().min(1)),
})
export type Strangers = z.infer<typeof Strangers>

export const noStrangers: Strangers = { topics: [], situations: [], beside: [] }

/** One of five of what is asked beside a name is kept out of index and training. */
const besideHeldBackOf = 5

/** Whether a question asked beside a name is held back. The same for the same text, always. */
export const isHeldBackBeside = (text: string): boolean => hashOf(text) % besideHeldBackOf === 0

/**
 * Reads the file of strangers; none where there is no such file.
 * @param isWanted which of those beside a name are taken; by default those that are not held back
 */
export function readStrangers(
  file: string,
  isWanted: (text: string) => boolean = text => !isHeldBackBeside(text),
): { value: Strangers | undefined; faults: FileFault[] } {
  if (!existsSync(file)) return { value: noStrangers, faults: [] }
  const { value, faults } = readYaml(file, Strangers)
  return { value: value && { ...value, beside: value.beside.filter(isWanted) }, faults }
}

/** One of ten is kept out of index and training, so that what was learnt can be measured on it. */
const heldBackOf = 10

/** Whether a wording is held back. The same for the same text, always. */
export function isSituationHeldBack(text: string): boolean {
  return hashOf(text) % heldBackOf === 0
}

/** Whether a file has the situations of one voice for all entries; the others have many of one programme each. */
export const isVoiceFile = (file: string): boolean => file.startsWith('voice-')

/** A whole number from 0 on that depends on the text alone (FNV-1a, 32 bits). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return (hash ^ (hash >>> 15)) >>> 0
}

/**
 * Reads the situations in a folder; none where there is no such folder.
 * @param isWanted which are taken; by default those that are not held back
 * @param isOfInterest which files are read, by name; by default all
 */
export function readSituations(
  folder: string,
  isWanted: (text: string) => boolean = text => !isSituationHeldBack(text),
  isOfInterest: (file: string) => boolean = () => true,
): { situations: Situations; faults: FileFault[] } {
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.yaml')) : []
  const sheets = files
    .filter(isOfInterest)
    .sort()
    .map(name => readYaml(join(folder, name), SituationFile))
  const situations = new Map<string, string[]>()
  for (const { value } of sheets)
    for (const [id, texts] of Object.entries(value ?? {}))
      situations.set(id, [...(situations.get(id) ?? []), ...texts.filter(isWanted)])
  return { situations, faults: sheets.flatMap(sheet => sheet.faults) }
}
