import type { Clauses } from '../../../../ports/clauses.ts'
import { EditFault, type Trouble } from './checks.ts'
import { placeOf } from './pieces.ts'
import type { ChangeStep } from './records.ts'

/**
 * Puts behind each newly cited clause the mark of its text as it is now, so that a later change shows.
 * @throws {@link EditFault} for a clause that no document of the library has
 */
export function withClauseMarks(steps: readonly ChangeStep[], clauses: Clauses): ChangeStep[] {
  const troubles: Trouble[] = []
  const marked = steps.map(step => {
    const cited = step.after.clauses
    if (step.part !== 'entries' || !Array.isArray(cited)) return step
    const lines = cited.map(one => {
      const line = String(one).trim()
      if (/#[0-9a-f]{8}$/u.test(line)) return line
      const { mark } = clauses.resolve(line)
      if (mark === undefined)
        troubles.push({
          place: placeOf(step),
          field: 'clauses',
          message: `文件库里没有「${line}」。请写文号加条款，比如「榕科〔2026〕12号 第三条（一）」`,
        })
      return mark === undefined ? line : `${line} #${mark}`
    })
    return { ...step, after: { ...step.after, clauses: lines } }
  })
  if (troubles.length > 0) throw new EditFault(troubles)
  return marked
}
