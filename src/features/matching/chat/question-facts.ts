import { type FieldAnswer, type Profile, pointAt } from '../../../matching/answers.ts'
import type { ProfileField } from '../../../matching/fields.ts'
import { disclaimer } from '../../../matching/results.ts'
import type { CompiledTrack } from '../../../matching/verdicts.ts'
import { describeAnswer } from '../../../matching/wording.ts'
import { numberOf, numberPattern } from '../../../text/figures/numerals.ts'
import { fold } from '../../../text/fold.ts'
import type { CompiledRules } from '../session.ts'

type QuestionParts = {
  compiled: CompiledRules
  tracksNamed(text: string): CompiledTrack[]
  officesOf(track: CompiledTrack): readonly string[]
}

/** A question of whether something holds: 「算小微吗」「能不能报」「够不够」. */
const asksWhether = /吗|能不能|够不够|算不算|是不是|行不行|可不可以|可以不|符不符合|算|够格|能报|能享受/u
/** Least number of figures in a question about one's own company, rather than about the rule. */
const leastFigures = 2

/**
 * The verdict on one programme from the figures in a question: 「资产4800万、290人、利润295万，算小微吗」. The first line is
 * the verdict, then each condition with the figure that was told.
 * @returns undefined for a question that names no programme, asks something else or tells too little
 */
export function answerFromQuestion(
  text: string,
  { compiled, tracksNamed, officesOf }: QuestionParts,
): string | undefined {
  const said = fold(text)
  if (!asksWhether.test(said)) return undefined
  const named = tracksNamed(said).filter(({ track }) => track.conditions.length > 0)
  const best = named
    .map(track => ({ track, profile: factsIn(said, track, compiled) }))
    .toSorted((a, b) => b.profile.size - a.profile.size)[0]
  if (!best || figuresIn(best.profile) < leastFigures) return undefined
  const { track, profile } = best
  const verdict = track.judge(profile)
  if (verdict.name === '只能问部门' || verdict.name === '已停') return undefined
  const judged = track.conditionsFor(profile)
  const open = judged.filter(({ truth }) => truth === undefined)
  const lines = judged.map(({ condition, truth }) => {
    const answer = profile.get(condition.id)
    const field = compiled.rules.fields.get(condition.id)
    const told = answer !== undefined && field ? `你说${describeAnswer(field, answer)}，` : ''
    return `· ${condition.says}：${told}${truth === undefined ? '还要确认' : truth ? '对上' : '不够'}`
  })
  const { name } = track.track
  const head = {
    对得上: `按你说的，${name}：对得上。`,
    还差: `按你说的，${name}：不够，差 ${verdict.failing.length} 条。`,
    不在时候: `按你说的，条件对得上${name}，但现在不在申报时间。`,
    要先问清: `按你说的，${name}：说到的都对得上，还有 ${open.length} 条要确认。`,
    矛盾: `${name}：你说的几个数对不上，请再核一下。`,
  }[verdict.name]
  return [
    head,
    ...lines,
    `${disclaimer}要细看，私聊我说「测政策 ${name}」；问人：${officesOf(track).join('、') || '台江区科技部门'}。`,
  ].join('\n')
}

const figuresIn = (profile: Profile) =>
  [...profile.values()].filter(answer => typeof answer === 'object').length

/** The answers that a question tells for the fields of a track. */
function factsIn(said: string, track: CompiledTrack, { rules }: CompiledRules): Profile {
  const profile = new Map<string, FieldAnswer>()
  for (const id of track.reads) {
    const field = rules.fields.get(id)
    const answer = field && (field.kind === 'choice' ? optionIn(said, field) : figureOf(said, field))
    if (answer !== undefined) profile.set(id, answer)
  }
  return profile
}

function optionIn(said: string, field: ProfileField): FieldAnswer | undefined {
  const found = Object.entries(field.optionWords).find(([, words]) => words.some(word => said.includes(word)))
  return found?.[0]
}

const units = '(?<unit>万元|亿元|万|亿|元|块|%|人|个|项|平方米|平|家|年|分|场|名)?'

function figureOf(said: string, field: ProfileField): FieldAnswer | undefined {
  if (field.kind !== 'number' && field.kind !== 'share') return undefined
  for (const word of field.saidAs) {
    const match = new RegExp(
      `${word}(?:是|有|约|大概|差不多|刚好|正好|总额|总共|一共|占比?|[:：\\s]){0,3}(?<number>${numberPattern})${units}`,
      'u',
    ).exec(said)
    const answer = match && inUnitOf(field, match.groups?.number, match.groups?.unit)
    if (answer) return answer
  }
  // People are counted without a word before them: 「290人」.
  const people =
    field.unit === '人' && /^staff/.test(field.id) ? /(?<number>\d+(?:\.\d+)?)个?人/u.exec(said) : undefined
  return people ? inUnitOf(field, people.groups?.number, '人') : undefined
}

function inUnitOf(field: ProfileField, digits = '', unit = ''): FieldAnswer | undefined {
  const value = numberOf(digits)
  if (value === undefined) return undefined
  if (field.kind === 'share') return unit === '%' ? pointAt(value) : undefined
  if (field.unit !== '万元') return /万|亿|元|%/.test(unit) ? undefined : pointAt(value)
  const scale = unit.startsWith('亿') ? 1e8 : unit.startsWith('万') ? 1e4 : 1
  const yuan = value * scale
  return yuan >= 1e3 ? pointAt(yuan / 1e4) : undefined
}
