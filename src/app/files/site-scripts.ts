import { bundleForBrowser } from '../../adapters/esbuild.ts'
import { daysScript } from '../../console/widgets.ts'
import { browserSearchData, browserSearchProgram, findablesOf } from '../../features/faq/browser-search.ts'
import type { Entry } from '../../features/faq/records.ts'
import { browserMatchingProgram, type matchingForFiles } from '../../features/matching/public-page.ts'
import { loadOnce } from '../../lib/promises.ts'
import type { DataFiles } from './files.ts'

/** Masks texts for the public, all together. */
type PublicTexts = (
  texts: readonly string[],
) => Promise<(text: string, kind?: 'typed' | 'official') => string>

/** The scripts by which the exported site is searched in the browser, by path. */
export function siteSearchScripts(
  { knowledge }: Pick<DataFiles, 'knowledge'>,
  entries: () => readonly Entry[],
) {
  const program = loadOnce(() => bundleForBrowser(browserSearchProgram))
  return async (publicTexts: PublicTexts): Promise<ReadonlyMap<string, string>> => {
    const items = findablesOf(entries(), knowledge)
    const bare = await publicTexts(
      items.flatMap(({ question, otherQuestions, answer }) => [question, ...otherQuestions, answer]),
    )
    const open = items.map(item => ({
      ...item,
      question: bare(item.question, 'official'),
      otherQuestions: item.otherQuestions.filter(one => bare(one) === one),
      answer: bare(item.answer, 'official'),
    }))
    return new Map([
      ['assets/search-data.js', browserSearchData(open, knowledge)],
      ['assets/search.js', await program()],
    ])
  }
}

/** Policy matching for the exported site: its form, and the scripts that judge it, by path. */
export function siteMatching(forFiles: () => ReturnType<typeof matchingForFiles>) {
  const program = loadOnce(() => bundleForBrowser(browserMatchingProgram))
  return async () => {
    const { form, data } = forFiles()
    const scripts = new Map([
      ['assets/match-rules.js', data],
      ['assets/match.js', await program()],
      ['assets/days.js', new TextDecoder().decode(daysScript.body)],
    ])
    return { form, scripts }
  }
}
