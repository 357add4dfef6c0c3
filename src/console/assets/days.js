// Says a chosen day in Chinese beside its input: the browser shows it in the order of its own language.

const weekdays = '日一二三四五六'

function dayIn({ value }) {
  const [, year, month, date, time] = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/u.exec(value) ?? []
  if (year === undefined) return ''
  const weekday = weekdays[new Date(Date.UTC(Number(year), Number(month) - 1, Number(date))).getUTCDay()]
  return `${year}年${Number(month)}月${Number(date)}日 周${weekday}${time ? ` ${time}` : ''}`
}

// The label shows it by its style: the input itself is read aloud with its date.
function say(input) {
  const label = input.labels?.[0]
  if (label) label.dataset.day = dayIn(input)
}

const kinds = 'input[type="date"], input[type="datetime-local"]'
document.addEventListener('input', ({ target }) => target.matches?.(kinds) && say(target))
document.addEventListener('DOMContentLoaded', () => {
  for (const input of document.querySelectorAll(kinds)) say(input)
})
