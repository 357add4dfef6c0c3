import type { LessonPlan } from './records/plan.ts'

/** 「主讲 王老师，地点 优空间二楼」, a line for each thing that a person wrote down. */
export function detailLines({
  speaker,
  place,
  format,
  materials,
  signUp,
  expected,
  takesSignOut,
}: LessonPlan): string[] {
  const facts = [
    ...(speaker ? [`主讲 ${speaker}`] : []),
    ...(place ? [`地点 ${place}`] : []),
    ...(format ? [`形式 ${format}`] : []),
  ]
  const { capacity } = signUp ?? {}
  const places = capacity === undefined ? '' : `名额 ${capacity} 个，满了排候补。`
  return [
    ...(facts.length > 0 ? [`${facts.join('，')}。`] : []),
    ...(expected.whom === 'units'
      ? [`应到：${[...expected.branches, ...expected.spaces].join('、')}。`]
      : []),
    ...(materials.length > 0 ? [`材料：${materials.join(' ')}`] : []),
    ...(takesSignOut ? [`下课时请再发「签退」，提前走也发一次。`] : []),
    ...(signUp ? [`想来的请发「报名」。${places}`] : []),
  ]
}
