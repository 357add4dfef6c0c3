import { z } from 'zod'
import { type Folders, fileIn, yamlFilesIn } from '../lib/layered-files.ts'
import { type FileFault, readYaml, YamlFault, type YamlFile } from '../lib/yaml-file.ts'
import {
  ConditionFile,
  type ConditionTest,
  type ConditionTrack,
  Contradiction,
  type PolicyFact,
} from './conditions.ts'
import { ProfileField } from './fields.ts'
import type { MatchingRules } from './verdicts.ts'

const FieldFile = z.strictObject({ fields: z.array(ProfileField).min(1) })
const ContradictionFile = z.strictObject({ contradictions: z.array(Contradiction) })

/** A file of conditions, read and sound, with a way to name a place in it. */
export type ConditionSheet = YamlFile<ConditionFile> & { value: ConditionFile }

/**
 * Reads the rules of matching: `profile-fields.yaml`, `contradictions.yaml` and `conditions/*.yaml`. All or nothing.
 * @throws {@link YamlFault} with every fault at once, each by file, line and field
 */
export function readMatching(folder: Folders): { rules: MatchingRules; sheets: ConditionSheet[] } {
  const fieldSheet = readYaml(fileIn(folder, 'profile-fields.yaml'), FieldFile)
  const contradictionSheet = readYaml(fileIn(folder, 'contradictions.yaml'), ContradictionFile)
  const sheets = yamlFilesIn(folder, 'conditions').map(file => readYaml(file, ConditionFile))
  const sound = sheets.filter((sheet): sheet is ConditionSheet => sheet.value !== undefined)
  const fields = new Map((fieldSheet.value?.fields ?? []).map(field => [field.id, field]))
  const rules = {
    fields,
    tracks: sound.flatMap(({ value }) => value.tracks),
    contradictions: contradictionSheet.value?.contradictions ?? [],
    facts: new Map<string, PolicyFact>(sound.flatMap(({ value }) => Object.entries(value.facts))),
  }
  const faults = [fieldSheet, contradictionSheet, ...sheets].flatMap(sheet => sheet.faults)
  if (faults.length === 0) faults.push(...sound.flatMap(sheet => referenceFaults(sheet, rules)))
  if (faults.length > 0) throw new YamlFault('政策匹配的条件有误，请先改好：', faults)
  return { rules, sheets: sound }
}

/** Names of fields, tracks and facts that do not exist. */
function referenceFaults(sheet: ConditionSheet, rules: MatchingRules): FileFault[] {
  const tracks = new Set(rules.tracks.map(({ id }) => id))
  return sheet.value.tracks.flatMap((track, at) => {
    const path = ['tracks', at] as const
    const facts = [track.fact, ...track.conditions.flatMap(({ fact }) => fact ?? [])]
    const tests = [...track.conditions.map(({ test }) => test), ...(track.timely ? [track.timely.test] : [])]
    return [
      ...facts
        .filter(fact => !rules.facts.has(fact))
        .map(fact => sheet.fault([...path, 'fact'], `没有「${fact}」这条事实`)),
      ...fieldsIn(tests)
        .filter(id => !rules.fields.has(id))
        .map(id => sheet.fault([...path, 'conditions'], `没有「${id}」这个栏目`)),
      ...[...track.leadsTo, ...tracksIn(tests)]
        .filter(id => !tracks.has(id))
        .map(id => sheet.fault(path, `没有「${id}」这一项`)),
    ]
  })
}

/** Every test inside tests, themselves included. */
export function testsIn(tests: readonly ConditionTest[]): ConditionTest[] {
  return tests.flatMap(test => {
    if ('all' in test) return testsIn(test.all)
    if ('any' in test) return testsIn(test.any)
    return 'not' in test ? testsIn([test.not]) : [test]
  })
}

function fieldsIn(tests: readonly ConditionTest[]): string[] {
  return testsIn(tests).flatMap(test => [
    ...('field' in test ? [test.field] : []),
    ...('by' in test ? [test.by] : []),
    ...('sameYear' in test ? test.sameYear : []),
    ...('plus' in test ? [...test.plus, ...test.minus] : []),
    ...('score' in test ? test.score.parts.flat().map(({ field }) => field) : []),
  ])
}

function tracksIn(tests: readonly ConditionTest[]): string[] {
  return testsIn(tests).flatMap(test => ('track' in test ? [test.track] : []))
}

/** The programme of a track: `srdi` of `srdi/giant`. */
export const programmeOf = ({ id }: Pick<ConditionTrack, 'id'>): string => id.split('/')[0] ?? id
