// The sandbox page: says things over the same HTTP interface that scripts use. What is shown comes from the server.

const root = document.querySelector('main.sandbox')
const byId = id => document.getElementById(id)
const [messages, text, file, problem] = ['messages', 'text', 'file', 'problem'].map(byId)
const csrfToken = JSON.parse(document.body.getAttribute('hx-headers:inherited'))['X-CSRF-Token']

/** Sends, and says in a sentence what could not be done. @returns whether it was done */
async function post(path, body) {
  problem.textContent = ''
  const headers = { 'X-CSRF-Token': csrfToken, Accept: 'application/json' }
  if (!(body instanceof FormData)) headers['Content-Type'] = 'application/json'
  const sent = body instanceof FormData ? body : JSON.stringify(body)
  try {
    // A request outlives a change of chat; files are too large for that.
    const keepalive = !(body instanceof FormData && body.has('file'))
    const response = await fetch(path, { method: 'POST', headers, body: sent, keepalive })
    if (response.status === 401) location.assign('/login')
    if (!response.ok) problem.textContent = (await response.json()).error
    return response.ok
  } catch {
    problem.textContent = '没有连上机器人，请看看它是不是还开着，再试一次。'
    return false
  }
}

/** Keeps a button from being pressed twice, and says meanwhile what is going on. */
async function busy(button, label, work) {
  const before = button.textContent
  button.disabled = true
  if (label) button.textContent = label
  await work()
  button.disabled = false
  if (label) button.textContent = before
}

// —— saying something ——

/** An @ at the front goes as a mention, which the line reports by id. */
function mentionIn(said) {
  const at = `@${root.dataset.bot}`
  const rest = said.slice(at.length)
  if (!said.startsWith(at) || (rest !== '' && !/^\s/u.test(rest))) return { said, isMention: false }
  return { said: rest.trimStart(), isMention: true }
}

async function say() {
  const { said, isMention } = mentionIn(text.value.trim())
  const chosen = file.files[0]
  if (said === '' && !isMention && !chosen) return text.focus()
  const form = new FormData()
  form.set('from', root.dataset.me)
  form.set('text', said)
  form.set('mention', String(isMention))
  if (chosen) form.set('file', chosen)
  if (await post(root.dataset.says, form)) {
    text.value = ''
    file.value = ''
    showChosenFile()
  }
  text.focus()
}

function showChosenFile() {
  const chosen = file.files[0]
  file.closest('label').classList.toggle('chosen', Boolean(chosen))
  text.placeholder = chosen ? `将发送 ${chosen.name}` : text.dataset.placeholder
}

/** With a cursor at the end, ready to be sent or changed. */
function fill(words) {
  text.value = words
  text.focus()
}

text.dataset.placeholder = text.placeholder
byId('say').addEventListener('submit', event => {
  event.preventDefault()
  void busy(byId('send'), '', say)
})
text.addEventListener('keydown', event => {
  // While an input method is composing, Enter chooses a word.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  byId('say').requestSubmit()
})
file.addEventListener('change', () => {
  showChosenFile()
  text.focus()
})

// —— the world: delegated, since the server draws these parts again and again ——

root.addEventListener('click', event => {
  const button = event.target.closest('button')
  if (!button) return
  const { fill: words, forward } = button.dataset
  if (words) fill(words)
  if ('at' in button.dataset) fill(`@${root.dataset.bot} ${text.value}`)
  if (forward) void busy(button, '正在快进…', () => post('/sandbox/api/clock', { forward }))
  if ('next' in button.dataset) void busy(button, '正在快进…', () => post('/sandbox/next', {}))
})
byId('cut').addEventListener('submit', event => {
  event.preventDefault()
  const downSeconds = Number(byId('seconds').value)
  void busy(event.submitter, '', () => post('/sandbox/api/line', { downSeconds }))
})

byId('kind')?.addEventListener('submit', event => {
  event.preventDefault()
  const kind = byId('kind-name').value
  const path = `/sandbox/api/groups/${encodeURIComponent(event.target.dataset.group)}/kind`
  void busy(event.submitter, '', () => post(path, { kind }))
})

byId('join')?.addEventListener('submit', event => {
  event.preventDefault()
  const id = byId('join-who').value
  const group = encodeURIComponent(event.target.dataset.group)
  void busy(event.submitter, '', async () => {
    const isIn = await post(`/sandbox/api/groups/${group}/members`, { id })
    if (isIn) location.assign(`/sandbox/groups/${group}?as=${encodeURIComponent(id)}`)
  })
})

// —— what has been read, and where the eye is ——

const readKey = key => `sandbox-read:${key}`

/** Dots on the chats where something was said since they were last open. */
function markUnread() {
  for (const chat of document.querySelectorAll('#rail a')) {
    const { key, last } = chat.dataset
    const isOpen = key === root.dataset.chat && root.dataset.view === 'chat'
    if (isOpen) localStorage.setItem(readKey(key), last)
    const isUnread = last !== '' && localStorage.getItem(readKey(key)) !== last
    chat.classList.toggle('unread', isUnread && key !== root.dataset.chat)
  }
}

let isAtEnd = true
const toEnd = () => messages.scrollTo({ top: messages.scrollHeight })

messages.addEventListener('scroll', () => {
  isAtEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80
})
// The scroll position stays for a reader further up, except after their own message.
new MutationObserver(changes => {
  const added = changes.flatMap(change => [...change.addedNodes])
  if (isAtEnd || added.some(node => node.classList?.contains('mine'))) toEnd()
}).observe(messages, { childList: true })
messages.addEventListener('load', () => isAtEnd && toEnd(), true)
new ResizeObserver(() => isAtEnd && toEnd()).observe(messages)
document.addEventListener('htmx:after:swap', markUnread)
markUnread()
toEnd()
