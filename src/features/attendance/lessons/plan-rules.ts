import { Refusal } from '../../../feature.ts'
import type { LessonPlan } from './records/plan.ts'

/** The most characters of each text about a lesson; `materials` counts all materials together. */
export const longestTexts = {
  title: 40,
  format: 20,
  speaker: 40,
  place: 60,
  materials: 2000,
  why: 100,
} as const

/** The answer to a text that is longer than {@link longestTexts}. */
export const tooLong: Record<keyof typeof longestTexts, string> = {
  title: `课程名字太长了，请控制在 ${longestTexts.title} 个字以内。`,
  format: `形式请控制在 ${longestTexts.format} 个字以内。`,
  speaker: `主讲请控制在 ${longestTexts.speaker} 个字以内。`,
  place: `地点请控制在 ${longestTexts.place} 个字以内。`,
  materials: '材料写得太长了。',
  why: `原因请控制在 ${longestTexts.why} 字以内。`,
}

/** @throws {@link Refusal} for a text that is too long */
export function checkLength(of: keyof typeof longestTexts, text: string): void {
  if ([...text].length > longestTexts[of]) throw new Refusal(tooLong[of])
}

/** Checks the parts of a plan that are given. @throws {@link Refusal} for the first that is too long */
export function checkWritten(plan: Partial<LessonPlan>): void {
  for (const part of ['title', 'format', 'speaker', 'place'] as const) checkLength(part, plan[part] ?? '')
  checkLength('materials', plan.materials?.join('\n') ?? '')
}
