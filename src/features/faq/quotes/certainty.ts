import { z } from 'zod'
import learnt from './certainty.json' with { type: 'json' }

/** How well a clause fits a question, as far as it can be counted. Shares are 0 to 1. */
export type Evidence = {
  /** Share of the question that stands in the stretch of text around the clause. */
  covered: number
  /** Lead of that share over the next stretch. */
  lead: number
  /** Lead of that share over the best stretch of another document. */
  leadOverDocuments: number
  /** Share of the question that stands in the clause itself. */
  coveredByClause: number
}

export const evidenceNames = [
  'covered',
  'lead',
  'leadOverDocuments',
  'coveredByClause',
] as const satisfies readonly (keyof Evidence)[]

export type CertaintyWeights = z.infer<typeof CertaintyWeights>
const CertaintyWeights = z.object({
  bias: z.number(),
  covered: z.number(),
  lead: z.number(),
  leadOverDocuments: z.number(),
  coveredByClause: z.number(),
  /** Least log odds with which a clause is told. */
  least: z.number(),
})

/** The log odds (natural logarithm) that the clause answers the question. */
export const certaintyOf = (evidence: Evidence, weights: Omit<CertaintyWeights, 'least'>): number =>
  evidenceNames.reduce((sum, name) => sum + weights[name] * evidence[name], weights.bias)

const weights = CertaintyWeights.parse(learnt)

/** Whether a clause is told without a person having asked for it; weights of `npm run clauses:train`. */
export const isCertain = (evidence: Evidence): boolean => certaintyOf(evidence, weights) >= weights.least
