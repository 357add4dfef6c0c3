// Judges the form in the browser: the answers leave it with no request and are not stored.
const form = document.querySelector('#match-form')
const output = document.querySelector('#match-output')
document.querySelector('#match-where').textContent = '结果在这台设备上算，填的数字不会发出去，关掉就没有了。'

const [{ readForm }, { disclaimer, resultsOf }, { compileTracks, verdictNames }, data] = await Promise.all([
  import('/open/match/engine/form-answers.ts'),
  import('/open/match/engine/results.ts'),
  import('/open/match/engine/verdicts.ts'),
  fetch(form.dataset.rules).then(answer => answer.json()),
])
const rules = {
  fields: new Map(data.fields.map(field => [field.id, field])),
  tracks: data.tracks,
  contradictions: data.contradictions,
  facts: new Map(data.facts),
}
const offices = new Map(data.offices)
const tracks = compileTracks(rules, data.on)

form.addEventListener('submit', event => {
  event.preventDefault()
  const sent = new FormData(form)
  const { profile, problems } = readForm(rules.fields, id => sent.getAll(id).map(String))
  for (const field of rules.fields.values()) {
    form.elements
      .namedItem(field.id)
      ?.setAttribute?.('aria-invalid', problems.has(field.id) ? 'true' : 'false')
  }
  show(resultsOf(rules, tracks, profile), problems)
})

function show(results, problems) {
  const counts = verdictNames
    .map(name => [name, results.filter(({ verdict }) => verdict === name).length])
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
  output.replaceChildren(
    ...[...problems].map(([id, { problem }]) =>
      text('p', `${rules.fields.get(id).ask} ${problem}`, 'problem'),
    ),
    text('h2', '结果'),
    text('p', counts.join('　')),
    text('p', disclaimer, 'hint'),
    ...results.map(resultCard),
  )
  output.tabIndex = -1
  output.focus()
}

function resultCard({ id, name, verdict, lines, notes, documents }) {
  const card = element('details', 'card')
  const list = element('ol')
  list.append(...lines.map(line => text('li', line)))
  const asked = offices.get(id) ?? []
  card.append(
    text('summary', `${verdict}　${name}`),
    list,
    ...notes.map(note => text('p', note)),
    ...(documents.length > 0 ? [text('p', `依据：${documents.join('、')}`, 'hint')] : []),
    ...(asked.length > 0 ? [text('p', `问人：${asked.join('、')}`, 'hint')] : []),
  )
  return card
}

function element(name, className = '') {
  const made = document.createElement(name)
  made.className = className
  return made
}

function text(name, content, className) {
  const made = element(name, className)
  made.textContent = content
  return made
}
