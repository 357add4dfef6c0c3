import { existsSync } from 'node:fs'
import { z } from 'zod'
import { type FileFault, readYaml } from '../../../lib/yaml-file.ts'
import { limitOf } from './told-figures.ts'

function isFigure(text: string): boolean {
  try {
    limitOf(text)
    return true
  } catch {
    return false
  }
}

const Figure = z.string().refine(isFigure, '要写成「300万元」「6个月」「10%」这样的数')
const limits = {
  /** `atLeast` and `atMost` include the figure, `above` and `below` do not. */
  atLeast: Figure.optional(),
  atMost: Figure.optional(),
  above: Figure.optional(),
  below: Figure.optional(),
}
const GivenFigure = z.strictObject({ of: z.array(z.string()).min(1), ...limits })

/** One figure of a rule, against which a maker's own figure is put. */
const Threshold = z
  .strictObject({
    /** Words beside the figure that it is about; empty: the only figure of its kind in the question. */
    of: z.array(z.string()).default([]),
    /** Words beside a figure that is another one. */
    unless: z.array(z.string()).default([]),
    /** The words may stand anywhere in the question. */
    anywhere: z.boolean().default(false),
    ...limits,
    /**
     * Time that an amount of money is counted over; `any` for what is held or lent. An amount told
     * for another time is not compared.
     */
    per: z.enum(['year', 'quarter', 'month', 'any']).default('year'),
    /** The limit is on the year before the application: a figure of this year is not compared. */
    ofLastYear: z.boolean().default(false),
    /** The limit is on how far the amount of a year is above that of the year before. */
    rise: z.boolean().default(false),
    /** Other figures that must be told too for it to hold. */
    given: z.array(GivenFigure).default([]),
    /**
     * From a weak source, so that the verdict is said with a warning: the rule, or only
     * whether the figure itself is inside.
     */
    unsure: z.enum(['rule', 'figure']).optional(),
    /** The rule, in the words of the entry, and whether the figure itself is inside. */
    says: z.string().min(1),
    /** The verdicts; by default whether this one condition is met, which alone promises nothing. */
    yes: z.string().optional(),
    no: z.string().optional(),
    /** A sentence after the verdict. Default: none. */
    note: z.string().optional(),
  })
  .refine(
    ({ atLeast, atMost, above, below }) =>
      [atLeast, atMost, above, below].filter(limit => limit !== undefined).length === 1,
    '要正好写一个 atLeast、atMost、above 或 below',
  )
export type Threshold = z.infer<typeof Threshold>
export type GivenFigure = z.infer<typeof GivenFigure>

const ThresholdFile = z.array(
  z.strictObject({ entries: z.array(z.string()).min(1), limits: z.array(Threshold).min(1) }),
)

/** The thresholds of entries, by their ids. */
export type Thresholds = ReadonlyMap<string, readonly Threshold[]>

/** Reads the file of thresholds; none where there is no such file. */
export function readThresholds(file: string): { thresholds: Thresholds; faults: FileFault[] } {
  if (!existsSync(file)) return { thresholds: new Map(), faults: [] }
  const { value = [], faults } = readYaml(file, ThresholdFile)
  const pairs = value.flatMap(({ entries, limits }) => entries.map(id => [id, limits] as const))
  return { thresholds: new Map(pairs), faults }
}
