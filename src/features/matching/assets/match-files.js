// In a folder of files there is no server: the rules stand in a script of their own, and today is the reader's.
import { readForm } from '../../../matching/form-answers.ts'
import { disclaimer, resultsOf, shownVerdicts } from '../../../matching/results.ts'
import { compileTracks } from '../../../matching/verdicts.ts'
import { judgeForm } from './match-form.js'

const on = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
judgeForm(
  { ...globalThis.matchingRules, on },
  { readForm, disclaimer, resultsOf, compileTracks, shownVerdicts },
)
