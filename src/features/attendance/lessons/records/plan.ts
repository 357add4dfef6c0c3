import { z } from 'zod'

/**
 * People whose absence counts (应到): those on the roster among the groups' people, or in these branches and spaces; who
 * signed up; or none, so that coming is all that counts.
 */
export const Expected = z.object({
  whom: z.enum(['groups', 'units', 'signed-up', 'nobody']),
  branches: z.array(z.string()),
  spaces: z.array(z.string()),
  /**
   * With `groups` and `units`: organizers and the speaker count, too. Default: they run
   * the lesson and are not expected.
   */
  includesStaff: z.boolean().optional(),
})
export type Expected = z.infer<typeof Expected>

/** The plan of a lesson as an organizer wrote it; a series gives the same to each of its lessons. */
export const LessonPlan = z.object({
  title: z.string(),
  /** 讲学问答、情景模拟、案例分析、现场演示 or free words; empty where not given. Likewise the next two. */
  format: z.string().default(''),
  speaker: z.string().default(''),
  place: z.string().default(''),
  /** Links or words, one each. */
  materials: z.array(z.string()).default([]),
  groupIds: z.array(z.string()).min(1),
  expected: Expected.default({ whom: 'groups', branches: [], spaces: [] }),
  /** Present where people sign up beforehand; without `capacity` there is room for all. */
  signUp: z.object({ capacity: z.number().int().min(1).optional() }).optional(),
  /** Whether the groups hear one line of numbers at the end. */
  tellsNumbers: z.boolean().default(true),
  /** Whether people also sign out, so that minutes present are known. */
  takesSignOut: z.boolean().default(false),
  opensBeforeMinutes: z.number().int(),
  lateAfterMinutes: z.number().int(),
})
export type LessonPlan = z.infer<typeof LessonPlan>
