const engineOf = name => import(`/open/match/engine/${name}`)
const form = document.querySelector('#match-form')

const [{ judgeForm }, { readForm }, { disclaimer, resultsOf, shownVerdicts }, { compileTracks }, data] =
  await Promise.all([
    engineOf('match-form.js'),
    engineOf('form-answers.ts'),
    engineOf('results.ts'),
    engineOf('verdicts.ts'),
    fetch(form.dataset.rules).then(answer => answer.json()),
  ])
judgeForm(data, { readForm, disclaimer, resultsOf, compileTracks, shownVerdicts })
