import { z } from 'zod'

const Name = z.string().min(1)
const Limits = {
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  above: z.number().optional(),
  below: z.number().optional(),
}
const hasLimit = (test: { atLeast?: unknown; atMost?: unknown; above?: unknown; below?: unknown }) =>
  [test.atLeast, test.atMost, test.above, test.below].filter(limit => limit !== undefined).length === 1

/** A number or share against one limit. `orOwn`: the word 「自有」 meets it too. */
const NumberTest = z
  .strictObject({ field: Name, ...Limits, orOwn: z.boolean().optional() })
  .refine(hasLimit, '要正好写一个 atLeast、atMost、above 或 below')
const IsTest = z.strictObject({ field: Name, is: z.boolean() })
const InTest = z.strictObject({ field: Name, in: z.array(Name).min(1) })

/** A day against today. The last day of a period is inside it. */
const DayRule = z.union([
  z.strictObject({ atLeastDaysAgo: z.int() }),
  z.strictObject({ atLeastMonthsAgo: z.int() }),
  /** Before 1 January of the year that is `years` years ago. */
  z.strictObject({ beforeYearsAgo: z.int() }),
  /** From its own day through the same day `years` years later. */
  z.strictObject({ validYears: z.int() }),
  /** Its month is month 1; the last day of the last month is inside. */
  z.strictObject({ withinMonths: z.int() }),
  /** From one month before the same day `years` years later. */
  z.strictObject({ monthBeforeYears: z.int() }),
  /** From the first day of the month after it. */
  z.strictObject({ followingMonth: z.literal(true) }),
  z.strictObject({ beforeDay: z.iso.date() }),
  z.strictObject({ untilToday: z.literal(true) }),
])
export type DayRule = z.infer<typeof DayRule>
/** @param none whether 「没有」 meets it; default no */
const DayTest = z.strictObject({ field: Name, day: DayRule, none: z.boolean().optional() })
/** A day is given at all. */
const GivenTest = z.strictObject({ field: Name, isDay: z.literal(true) })
const SameYearTest = z.strictObject({ sameYear: z.tuple([Name, Name]) })
/** `plus` and `minus` are added up. */
const SumTest = z
  .strictObject({ plus: z.array(Name).min(1), minus: z.array(Name).default([]), ...Limits })
  .refine(hasLimit, '要正好写一个 atLeast、atMost、above 或 below')
/** The limit depends on another number: the first step whose `upTo` (included) is not exceeded; the last has none. */
const TableTest = z.strictObject({
  field: Name,
  by: Name,
  steps: z.array(z.strictObject({ upTo: z.number().optional(), atLeast: z.number() })).min(2),
})
/** Points of the first step that is reached, from above; of several scales the best counts. */
const Scale = z.strictObject({ field: Name, steps: z.array(z.tuple([z.number(), z.number()])).min(1) })
const ScoreTest = z.strictObject({
  score: z.strictObject({ atLeast: z.number(), parts: z.array(z.array(Scale).min(1)).min(1) }),
})
/** All conditions of another track hold. */
const TrackTest = z.strictObject({ track: Name })
/** The facts do not decide it; an office must be asked. */
const UndecidedTest = z.strictObject({ undecided: z.literal(true) })

export type ConditionTest =
  | z.infer<typeof NumberTest>
  | z.infer<typeof IsTest>
  | z.infer<typeof InTest>
  | z.infer<typeof DayTest>
  | z.infer<typeof GivenTest>
  | z.infer<typeof SameYearTest>
  | z.infer<typeof SumTest>
  | z.infer<typeof TableTest>
  | z.infer<typeof ScoreTest>
  | z.infer<typeof TrackTest>
  | z.infer<typeof UndecidedTest>
  | { all: ConditionTest[] }
  | { any: ConditionTest[] }
  | { not: ConditionTest }

export const ConditionTest: z.ZodType<ConditionTest> = z.lazy(() =>
  z.union([
    NumberTest,
    IsTest,
    InTest,
    DayTest,
    GivenTest,
    SameYearTest,
    SumTest,
    TableTest,
    ScoreTest,
    TrackTest,
    UndecidedTest,
    z.strictObject({ all: z.array(ConditionTest).min(1) }),
    z.strictObject({ any: z.array(ConditionTest).min(1) }),
    z.strictObject({ not: ConditionTest }),
  ]),
)

/** One condition of a track, in the words of its document. */
export const TrackCondition = z.strictObject({
  /** Named in verdicts; for a condition on one field, that field's id. */
  id: Name,
  /** The sentence that people read, with the figures of the document. */
  says: z.string().min(1),
  /** The fact that bears it; default: the track's. */
  fact: Name.optional(),
  /** The clause of the fact's document, as 「第十一条（四）」. */
  clause: z.string().optional(),
  /** Whether time meets it, as a figure that each year counts anew, or the company's effort, or neither. */
  changes: z.enum(['byTime', 'byEffort', 'never']),
  howTo: z.string().optional(),
  test: ConditionTest,
})
export type TrackCondition = z.infer<typeof TrackCondition>

const Period = z.strictObject({ from: z.iso.date().optional(), until: z.iso.date().optional() })

/** One thing that is applied for separately. */
export const ConditionTrack = z.strictObject({
  /** The programme's id, or `programme/track` where it has several. */
  id: Name,
  name: z.string().min(1),
  /** The benefit in a few words, for lists. */
  brings: z.enum(['money', 'tax', 'title', 'people', 'loan', 'service']),
  fact: Name,
  /** While it lasts the facts allow no statement: the office is named. `{}` means always. */
  referOnly: Period.optional(),
  /** The last day is included. */
  validity: Period.optional(),
  /** Times to apply; `unknown` where the facts have none; absent where none is needed. */
  windows: z
    .union([
      z.literal('unknown'),
      z.array(z.strictObject({ opens: z.iso.date(), closes: z.iso.date(), fact: Name })),
    ])
    .optional(),
  /** A company's own time to apply; false means not now. */
  timely: z.strictObject({ says: z.string().min(1), test: ConditionTest }).optional(),
  conditions: z.array(TrackCondition).default([]),
  /** Decided by an office or experts, and named beside every 对得上. */
  judgedByOthers: z.array(z.string()).default([]),
  /** Tracks that this one is a step towards. */
  leadsTo: z.array(Name).default([]),
})
export type ConditionTrack = z.infer<typeof ConditionTrack>

/** Two answers that cannot both be true. */
export const Contradiction = z.strictObject({
  between: z.tuple([Name, Name]),
  says: z.string().min(1),
  test: ConditionTest,
})
export type Contradiction = z.infer<typeof Contradiction>

/** Content of a fact: sentences to check the conditions against, and the policy for telling them. */
export const PolicyFact = z.strictObject({
  /** `refer_only` and `history_only` state nothing. */
  policy: z.enum(['state', 'state_with_date', 'hedge', 'history_only', 'refer_only']),
  asOf: z.string(),
  sentences: z.array(z.string()).default([]),
  documents: z.array(z.strictObject({ title: z.string(), number: z.string(), date: z.string() })).default([]),
})
export type PolicyFact = z.infer<typeof PolicyFact>

export const ConditionFile = z.strictObject({
  programme: Name,
  facts: z.record(Name, PolicyFact),
  tracks: z.array(ConditionTrack).min(1),
})
export type ConditionFile = z.infer<typeof ConditionFile>
