import type { FileFault } from '../../lib/yaml-file.ts'
import { figuresIn } from '../../text/figures/figures.ts'
import type { ConditionTest, DayRule, PolicyFact, TrackCondition } from '../conditions.ts'
import type { ProfileField } from '../fields.ts'
import { type ConditionSheet, testsIn } from '../load.ts'
import type { MatchingRules } from '../verdicts.ts'

/**
 * Holds three figures together: the sentence of a condition, the threshold that is computed with, and the sentences of
 * its fact. A figure that is missing in one of them is a fault. Facts that may not be stated must not carry conditions.
 */
export function checkConditions(rules: MatchingRules, sheets: readonly ConditionSheet[]): FileFault[] {
  return sheets.flatMap(sheet =>
    sheet.value.tracks.flatMap((track, at) => [
      ...silentFaults(sheet, rules, at),
      ...track.conditions.flatMap((condition, index) => {
        const fact = rules.facts.get(condition.fact ?? track.fact)
        const path = ['tracks', at, 'conditions', index, 'says']
        return fact
          ? conditionFaults(condition, fact, rules.fields).map(message => sheet.fault(path, message))
          : []
      }),
    ]),
  )
}

function silentFaults(sheet: ConditionSheet, rules: MatchingRules, at: number): FileFault[] {
  const track = sheet.value.tracks[at]
  const policy = track && rules.facts.get(track.fact)?.policy
  if (!track || track.conditions.length === 0 || (policy !== 'refer_only' && policy !== 'history_only'))
    return []
  return [sheet.fault(['tracks', at, 'conditions'], `「${track.fact}」只能转介或只作历史口径，不能写条件`)]
}

function conditionFaults(
  { says, test }: TrackCondition,
  fact: PolicyFact,
  fields: ReadonlyMap<string, ProfileField>,
) {
  const inSays = quantitiesIn(says)
  const inFact = quantitiesIn(fact.sentences.join('\n'))
  const thresholds = testsIn([test]).flatMap(part => thresholdsOf(part, fields))
  return [
    ...thresholds.filter(value => !inSays.has(value)).map(value => `算的时候用 ${value}，这句话里没有`),
    ...thresholds.filter(value => !inFact.has(value)).map(value => `算的时候用 ${value}，事实里没有`),
    ...[...inSays]
      .filter(value => !inFact.has(value) && !inFact.has(value * 10_000))
      .map(value => `写着 ${value}，事实里没有`),
  ]
}

/**
 * Every quantity of a text as plain numbers: money in 万元, shares in percent, periods
 * in the unit in which they stand.
 */
function quantitiesIn(text: string): Set<number> {
  const numbers = figuresIn(text).flatMap(({ kind, value, said }) => {
    const amount = Number.parseFloat(value.replaceAll(',', ''))
    if (kind === 'money') return [amount / 10_000]
    // 「≥100万」 without a unit is money as often as a bare number.
    if (kind === 'number') return amount >= 10_000 ? [amount, amount / 10_000] : [amount]
    const written = Number.parseFloat(said.replace(/^\D*/, ''))
    return ['date', 'phone', 'link'].includes(kind) ? [] : [Number.isNaN(written) ? amount : written]
  })
  return new Set(numbers.filter(number => !Number.isNaN(number)))
}

function thresholdsOf(test: ConditionTest, fields: ReadonlyMap<string, ProfileField>): number[] {
  if ('score' in test) return [test.score.atLeast]
  if ('steps' in test)
    return test.steps.flatMap(({ upTo, atLeast }) => [atLeast, ...(upTo === undefined ? [] : [upTo])])
  if ('day' in test) return dayThreshold(test.day)
  const limits = ['atLeast', 'atMost', 'above', 'below'].flatMap(name => {
    const limit = (test as Record<string, unknown>)[name]
    return typeof limit === 'number' ? [limit] : []
  })
  const field = 'field' in test ? fields.get(test.field) : undefined
  return limits.filter(limit => limit !== 1).map(limit => inDocumentUnit(limit, field))
}

/** Sentences speak of years where a field counts months, and of yuan by the ten thousand. */
function inDocumentUnit(limit: number, field: ProfileField | undefined): number {
  if (field?.unit === '个月' && limit % 12 === 0) return limit / 12
  return field?.unit === '元' ? limit / 10_000 : limit
}

function dayThreshold(rule: DayRule): number[] {
  if ('atLeastDaysAgo' in rule) return [rule.atLeastDaysAgo === 365 ? 1 : rule.atLeastDaysAgo]
  if ('atLeastMonthsAgo' in rule) return [rule.atLeastMonthsAgo]
  if ('beforeYearsAgo' in rule) return rule.beforeYearsAgo > 1 ? [rule.beforeYearsAgo] : []
  return 'withinMonths' in rule ? [rule.withinMonths] : []
}
