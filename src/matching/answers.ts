/** Every number from `min` to `max`; `max` itself only where `isMaxIncluded`. Days are numbers since 1970-01-01. */
export type Range = { min: number; max: number; isMaxIncluded: boolean }

/** The answer to a field: a choice, several choices, yes or no, or a range; `none` and `own` are words of their own. */
export type FieldAnswer = boolean | string | readonly string[] | Range

/** Answers by field id. A field that is not in it is unknown. */
export type Profile = ReadonlyMap<string, FieldAnswer>

export const isRange = (answer: FieldAnswer | undefined): answer is Range =>
  typeof answer === 'object' && !Array.isArray(answer)

export const pointAt = (value: number): Range => ({ min: value, max: value, isMaxIncluded: true })

export const between = (min: number, max: number, isMaxIncluded: boolean): Range => ({
  min,
  max,
  isMaxIncluded,
})
