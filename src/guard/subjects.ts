import { negation, type ParsedText } from './clauses.ts'

/** A subject shorter than this is in too many clauses. */
const shortestSubject = 3

/** 「被查不等于不通过」 says nothing about who passes. */
const voiding = /(?:不等于|不代表|不意味着|不说明|并不是)(\p{Script=Han}{2,4})/gu

/**
 * Finds things that the entries only deny and the text affirms: 「培育库证书也可以减税」 for
 * 「培育库证书不能减税」. Also what the entries say does not follow.
 */
export function subjectFaults(said: ParsedText, source: ParsedText): string[] {
  const denied = deniedSubjects(source)
  return [
    ...said.clauses
      .filter(({ sentence }) => !negation.test(plainly(sentence)))
      .flatMap(({ text }) => denied.filter(subject => plainly(text).includes(subject)))
      .map(subject => `speaks for what the entries deny: ${subject}`),
    ...[...source.flat.matchAll(voiding)]
      .map(([, claim = '']) => claim)
      .filter(claim => says(said, claim) && !says(source, claim))
      .map(claim => `concludes what the entries say does not follow: ${claim}`),
  ]
}

/** A clause says something by itself when no 不等于 stands before it. */
const says = ({ clauses }: ParsedText, claim: string) =>
  clauses.some(({ text }) => text.includes(claim) && !text.match(voiding))

/** The 不 of 「不动产」 denies nothing. */
const plainly = (text: string) => text.replaceAll('不动产', '某动产')

/** The words before a denial that stand in no clause without one. */
function deniedSubjects(source: ParsedText): string[] {
  const texts = source.clauses.map(({ bare }) => plainly(bare))
  const plain = texts.filter(text => !negation.test(text))
  return texts
    .filter(text => negation.test(text))
    .flatMap(subjectsOf)
    .filter(subject => !plain.some(text => text.includes(subject)))
}

/** 「申请费（不含印刷费）」 denies what is in the brackets only. */
function subjectsOf(clause: string): string[] {
  const lead = clause.split(negation)[0] ?? ''
  return (
    lead
      .replace(/\([^)]*\)/gu, '')
      .split('(')
      .at(-1) ?? ''
  )
    .split(/[、和或及与「」()□]/u)
    .map(part =>
      part.replace(/(?:[的都也还就又并均再已可]|其他)+$/u, '').replace(/^(?:[但且而]|但是|其中)+/u, ''),
    )
    .filter(part => /^\p{Script=Han}+$/u.test(part) && part.length >= shortestSubject)
}
