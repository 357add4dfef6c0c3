/** Kinds of figure. A figure never equals one of another kind, but for a bare number. */
export type FigureKind =
  | 'link'
  | 'document'
  | 'article'
  | 'code'
  | 'phone'
  | 'date'
  | 'quarter'
  | 'relativeDay'
  | 'share'
  | 'multiple'
  | 'discount'
  | 'ratio'
  | 'money'
  | 'months'
  | 'days'
  | 'workdays'
  | 'hours'
  | 'area'
  | 'points'
  | 'rank'
  | 'count'
  | 'one'
  | 'vague'
  | 'number'

export type FigureReading = { kind: FigureKind; value: string }
export type Shape = { pattern: RegExp; read(match: RegExpExecArray, text: string): FigureReading[] }

/** Sign or word between two ends of a range. */
export const rangeSign = '(?:-|–|—|~|～|至|到)'

/** A number of a month, a day or a rank. */
export const smallNumber = '\\d{1,2}|[一二三四五六七八九十]{1,3}'

/** A pattern that is tried at one place, and what it means where it fits. */
export const shape = (source: string, read: Shape['read']): Shape => ({
  pattern: new RegExp(source, 'iuy'),
  read,
})

/** Makes one reading, or none where there is no value. */
export const readingOrNone = (kind: FigureKind, value: string | undefined): FigureReading[] =>
  value === undefined ? [] : [{ kind, value }]
