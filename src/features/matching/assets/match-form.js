/**
 * Judges the form in the browser: the answers leave it with no request and are not stored.
 * @param data rules as the server gives them
 * @param engine what of `src/matching` judges them
 */
export function judgeForm(data, engine) {
  const form = document.querySelector('#match-form')
  const output = document.querySelector('#match-output')
  document.querySelector('#match-where').textContent =
    '结果在这台设备上算，填的数字不会发出去，关掉就没有了。'
  const rules = {
    fields: new Map(data.fields.map(field => [field.id, field])),
    tracks: data.tracks,
    contradictions: data.contradictions,
    facts: new Map(data.facts),
  }
  const offices = new Map(data.offices)
  const tracks = engine.compileTracks(rules, data.on)

  form.addEventListener('submit', event => {
    event.preventDefault()
    const sent = new FormData(form)
    const { profile, problems } = engine.readForm(rules.fields, id => sent.getAll(id).map(String))
    for (const field of rules.fields.values()) {
      form.elements
        .namedItem(field.id)
        ?.setAttribute?.('aria-invalid', problems.has(field.id) ? 'true' : 'false')
    }
    show(engine.resultsOf(rules, tracks, profile), problems)
  })

  function show(results, problems) {
    const counts = engine.shownVerdicts
      .map(name => [name, results.filter(({ verdict }) => verdict === name).length])
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${name} ${count}`)
    output.replaceChildren(
      ...[...problems].map(([id, { problem }]) =>
        text('p', `${rules.fields.get(id).ask} ${problem}`, 'problem'),
      ),
      text('h2', '结果'),
      text('p', counts.join('　')),
      text('p', engine.disclaimer, 'hint'),
      ...results.map(result => resultCard(result, offices.get(result.id) ?? [])),
    )
    output.tabIndex = -1
    output.focus()
  }
}

function resultCard({ name, verdict, lines, notes, documents }, asked) {
  const card = element('details', 'card')
  const list = element('ol')
  list.append(...lines.map(line => text('li', line)))
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
