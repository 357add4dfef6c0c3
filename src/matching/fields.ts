import { z } from 'zod'

/** One question about a company or its founder. */
export const ProfileField = z
  .strictObject({
    id: z.string().regex(/^[a-z][A-Za-z]*$/),
    /** `share`: percent, 0 to 100 unless `min` and `max` say otherwise; `day`: a calendar day. */
    kind: z.enum(['yes-no', 'number', 'share', 'day', 'choice']),
    /**
     * `core` is asked of every company, `space` of operators of makerspaces only, the others
     * when a wanted track needs them.
     */
    group: z.enum(['core', 'rd', 'titles', 'deals', 'patents', 'people', 'space']),
    /** `public`: on the licence or a public list. Business and personal data cost more to ask. */
    sensitivity: z.enum(['public', 'business', 'personal']),
    ask: z.string().min(1),
    /** The paper on which the answer stands. */
    findIt: z.string().min(1),
    /** Words before a figure that mean this field when a maker tells it in a question. */
    saidAs: z.array(z.string()).default([]),
    /** Words that mean an option, by option. */
    optionWords: z.record(z.string(), z.array(z.string())).default({}),
    unit: z.string().optional(),
    whole: z.boolean().default(false),
    /** Several options may hold together. */
    many: z.boolean().default(false),
    options: z.record(z.string(), z.string()).optional(),
    /** Options about which the facts say nothing: the field counts as unknown. */
    undecided: z.array(z.string()).default([]),
    orNone: z.literal('none').optional(),
    orOwn: z.literal('own').optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    /** Tracks whose conditions read it; contradictions of two fields concern these. */
    for: z.array(z.string()).min(1),
  })
  .refine(
    ({ kind, options }) => (kind === 'choice') === (options !== undefined),
    'choice 要有 options，别的没有',
  )
export type ProfileField = z.infer<typeof ProfileField>
