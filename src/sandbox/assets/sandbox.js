// The sandbox page: shows the simulated chats and says things in them, over the same HTTP interface as scripts.

const root = document.querySelector('main.sandbox')
const { csrf, bot } = root.dataset
const at = id => document.getElementById(id)
const [me, chatList, messageList, textBox] = ['me', 'chats', 'messages', 'text'].map(at)
const privateChat = 'private'

/** Kept over a reload, since people reload to see whether that helps. */
const kept = {
  get: key => sessionStorage.getItem(`sandbox.${key}`),
  set: (key, value) => sessionStorage.setItem(`sandbox.${key}`, value),
}

let groups = []
let current = kept.get('chat') ?? ''
const messages = new Map()
const readUpTo = new Map()

async function ask(path, body) {
  const options =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
          body: JSON.stringify(body),
        }
  const response = await fetch(`/sandbox/${path}`, {
    ...options,
    headers: { Accept: 'application/json', ...options.headers },
  })
  if (response.status === 401) location.assign('/login')
  const isJson = response.headers.get('Content-Type')?.includes('json')
  const answer = isJson ? await response.json() : { error: await response.text() }
  if (!response.ok) throw new Error(answer.error)
  return answer
}

/** Does something that a person asked for, and says in words when it could not be done. */
async function attempt(work) {
  at('problem').textContent = ''
  try {
    await work()
  } catch (problem) {
    at('problem').textContent = problem.message || '没有办成，请再试一次。'
  }
}

function element(name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

const chats = () => [
  ...groups
    .filter(group => group.members.some(member => member.id === me.value))
    .map(group => ({ id: group.id, name: group.name, path: `groups/${group.id}` })),
  { id: privateChat, name: '小创（私聊）', path: `members/${me.value}` },
]
const currentChat = () => chats().find(chat => chat.id === current) ?? chats()[0]
const keyOf = chat => (chat.id === privateChat ? `${chat.path}` : chat.id)

// —— what is shown ——

/** One of eight quiet colours, always the same for a person; the classes are in the sheet. */
function avatar(id, name) {
  const sum = [...id].reduce((total, letter) => total + letter.codePointAt(0), 0)
  const made = element(
    'span',
    `avatar colour-${id === bot ? 'bot' : sum % 8}`,
    [...name.replace(/^.*[-－ ·]/u, '')][0] ?? '?',
  )
  made.setAttribute('aria-hidden', 'true')
  return made
}

function sizeless(file) {
  const link = element('a', 'filecard')
  link.href = file.url
  link.download = file.name
  link.append(
    element('strong', '', file.name),
    element('span', 'kind', file.name.split('.').at(-1)?.toUpperCase() ?? '文件'),
  )
  return link
}

function picture(file) {
  const link = element('a', 'picture')
  link.href = file.url
  link.target = '_blank'
  const image = element('img')
  image.src = file.url
  image.alt = file.name
  image.addEventListener('load', scrollDown)
  link.append(image)
  return link
}

function bubble(message) {
  const item = element('li', message.from === me.value ? 'mine' : 'theirs')
  item.dataset.id = message.id
  const column = element('div', 'column')
  column.append(element('span', 'name', message.name))
  if (message.text) column.append(element('p', 'bubble', message.text))
  if (message.file)
    column.append(message.file.mimeType.startsWith('image/') ? picture(message.file) : sizeless(message.file))
  item.append(avatar(message.from, message.name), column)
  return item
}

const timeShape = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** A time stamp stands wherever five minutes went by in silence, as in WeChat. */
function withTimes(list) {
  return list.flatMap((message, i) => {
    const gap = i === 0 ? Infinity : new Date(message.at) - new Date(list[i - 1].at)
    return gap < 5 * 60_000
      ? [bubble(message)]
      : [element('li', 'time', timeShape.format(new Date(message.at))), bubble(message)]
  })
}

function scrollDown() {
  messageList.scrollTop = messageList.scrollHeight
}

function showMessages() {
  const chat = currentChat()
  const list = messages.get(keyOf(chat)) ?? []
  at('title').textContent = chat.name
  const shown = [...messageList.querySelectorAll('[data-id]')].map(item => item.dataset.id).join()
  if (
    shown !== list.map(message => message.id).join() ||
    messageList.dataset.chat !== keyOf(chat) + me.value
  ) {
    messageList.replaceChildren(
      ...(list.length > 0 ? withTimes(list) : [element('li', 'time', '还没有人说话')]),
    )
    messageList.dataset.chat = keyOf(chat) + me.value
    scrollDown()
  }
  readUpTo.set(keyOf(chat), list.length)
  showChats()
}

function showChats() {
  chatList.replaceChildren(
    ...chats().map(chat => {
      const list = messages.get(keyOf(chat)) ?? []
      const button = element('button')
      button.type = 'button'
      if (chat.id === currentChat().id) button.setAttribute('aria-current', 'true')
      const column = element('span', 'column')
      const last = list.at(-1)
      column.append(
        element('strong', '', chat.name),
        element(
          'small',
          '',
          last ? `${last.from === me.value ? '我' : last.name}：${last.text || `[${last.file?.name}]`}` : ' ',
        ),
      )
      button.append(
        chat.id === privateChat ? avatar(bot, '小创') : element('span', 'avatar group', [...chat.name][0]),
        column,
      )
      const unread = list.length - (readUpTo.get(keyOf(chat)) ?? 0)
      if (unread > 0) button.append(element('span', 'unread', String(Math.min(unread, 99))))
      button.addEventListener('click', () => {
        current = chat.id
        kept.set('chat', current)
        root.classList.add('open')
        showMessages()
      })
      const item = element('li')
      item.append(button)
      return item
    }),
  )
}

function showState(state) {
  at('now').textContent = state.now
  at('next').textContent = state.next || '无'
  at('cutbanner').hidden = state.isLineUp
  at('hints').replaceChildren(
    ...state.hints.map(hint => {
      const chip = element('button', 'chip', hint)
      chip.type = 'button'
      chip.addEventListener('click', () => fillIn(hint))
      return chip
    }),
  )
}

function fillIn(text) {
  textBox.value = text
  textBox.focus()
}

// —— what comes in ——

let loading
let isStale = false

/** Reads what is new in every chat of mine; asked again meanwhile, it reads once more afterwards. */
async function refresh() {
  if (loading) {
    isStale = true
    return loading
  }
  loading = load()
  await loading
  loading = undefined
  if (isStale) {
    isStale = false
    await refresh()
  }
}

async function load() {
  const isFirst = groups.length === 0
  groups = await ask('api/groups')
  if (isFirst) showPeople()
  await Promise.all(
    chats().map(async chat => {
      const list = messages.get(keyOf(chat))
      const last = list?.at(-1)?.id
      const more = await ask(`api/${chat.path}/messages${last ? `?after=${encodeURIComponent(last)}` : ''}`)
      messages.set(keyOf(chat), [...(list ?? []), ...more])
      if (!list && chat.id !== currentChat().id) readUpTo.set(keyOf(chat), more.length)
    }),
  )
  showMessages()
}

function showPeople() {
  const people = new Map(groups.flatMap(group => group.members).map(member => [member.id, member]))
  me.replaceChildren(...[...people.values()].map(member => new Option(member.name, member.id)))
  me.value = people.has(kept.get('me')) ? kept.get('me') : (me.options[0]?.value ?? '')
}

// —— what goes out ——

async function say(extra = {}) {
  const mentioned = /^@小创[\s\u2005]*/u
  const text = textBox.value
  if (!text.trim() && !extra.file) return
  const chat = currentChat()
  textBox.value = ''
  const body = {
    from: me.value,
    text: chat.id === privateChat ? text : text.replace(mentioned, ''),
    mention: chat.id !== privateChat && mentioned.test(text),
    ...extra,
  }
  try {
    await ask(`api/${chat.path}/messages`, body)
  } catch (problem) {
    textBox.value = text
    throw problem
  }
}

async function sendFile(file) {
  if (file.size > 5 * 1024 * 1024) throw new Error('文件最大 5 MB，请换一个小一些的。')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const base64 = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
  await say({ file: { name: file.name, mimeType: file.type || 'application/octet-stream', base64 } })
}

at('say').addEventListener('submit', event => {
  event.preventDefault()
  void attempt(say)
})
textBox.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  at('say').requestSubmit()
})
at('at').addEventListener('click', () => fillIn(`@小创 ${textBox.value.replace(/^@小创\s*/u, '')}`))
at('file').addEventListener('change', event => {
  const [file] = event.target.files
  event.target.value = ''
  if (file) void attempt(() => sendFile(file))
})
me.addEventListener('change', () => {
  kept.set('me', me.value)
  void attempt(refresh)
})
at('back').addEventListener('click', () => root.classList.remove('open'))
for (const button of document.querySelectorAll('[data-forward]')) {
  button.addEventListener(
    'click',
    () => void attempt(() => ask('api/clock', { forward: button.dataset.forward })),
  )
}
document.querySelector('[data-next]').addEventListener('click', () => void attempt(() => ask('next', {})))
at('cut').addEventListener('submit', event => {
  event.preventDefault()
  void attempt(() => ask('api/line', { downSeconds: Number(at('seconds').value) }))
})

const events = new EventSource('/sandbox/events')
events.addEventListener('state', event => {
  showState(JSON.parse(event.data))
  void attempt(refresh)
})
