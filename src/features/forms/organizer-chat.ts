import { type Answer, type Command, Refusal } from '../../feature.ts'
import { sayComparison } from '../../forms/chain.ts'
import type { FormRecord } from '../../forms/form.ts'
import { example, readFormLine } from '../../forms/form-line.ts'
import { sayFormOpened, sayTotal } from '../../forms/words.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { FormActions } from './actions.ts'
import type { FormExports } from './exports.ts'
import { namedIn } from './form-picker.ts'
import { chainKey, type FormRecords } from './records.ts'

/** Minutes after which an unconfirmed comparison has to be pasted again. */
const chainWaitsMinutes = 60

type Parts = {
  actions: FormActions
  records: FormRecords
  files: FormExports
  directory: Directory
  clock: Clock
}

/** Commands of organizers about forms. */
export function createOrganizerChat(parts: Parts) {
  const { actions, records, directory, clock, files } = parts

  /** The form named, else the latest. */
  async function find(said: string): Promise<{ record: FormRecord; rest: string }> {
    const all = await records.all()
    const latest = all[0]
    if (!latest) throw new Refusal(`还没有报名表。在群里发「${example}」就开好一张。`)
    return namedIn(said, all) ?? { record: latest, rest: said }
  }

  async function open(message: Message, line: string): Promise<Answer> {
    const { groupId } = message
    if (!groupId)
      throw new Refusal(`请在要报名的群里发，例如「${example}」。几个群一起的，请在控制台「报名」页开。`)
    const plan = readFormLine(line, clock.now())
    const { id, name } = await directory.recognise(message)
    const by = { id, name, road: 'chat', isOffice: false } as const
    const { form } = await actions.create(plan, { groupIds: [groupId], by })
    return sayFormOpened(form, { now: clock.now(), known: await actions.knownFields() })
  }

  async function list(message: Message, said: string): Promise<Answer> {
    const { record } = await find(said)
    const { name } = await directory.recognise(message)
    const file = await files.ownFile(record, { byName: name, road: 'chat' })
    return { text: `「${record.form.title}」${sayTotal(record)}，名单在表里。`, file }
  }

  async function unanswered(said: string): Promise<Answer> {
    const { record } = await find(said)
    const people = await actions.unanswered(record.form.number)
    if (people.length === 0) return `「${record.form.title}」名单上的人都回复了。`
    const names = people.slice(0, 200).map(({ name }) => name)
    return `「${record.form.title}」还有 ${people.length} 人没回复（只有你看得到，报名是自愿的）：\n${names.join('、')}`
  }

  async function compare(message: Message, record: FormRecord, text: string): Promise<string> {
    const compared = await actions.compare(record.form.number, text)
    const people = [...compared.added, ...compared.changed.map(({ before: _, ...one }) => one)]
    const pending = { number: record.form.number, people, at: clock.now().toString() }
    await records.chains.update(chainKey(message.senderId), () => pending)
    return sayComparison(record.form.title, compared)
  }

  async function saveChain(message: Message): Promise<Answer> {
    const key = chainKey(message.senderId)
    const kept = await records.chains.get(key)
    if (!kept || clock.now().since(kept.at).total('minutes') >= chainWaitsMinutes)
      throw new Refusal('没有等着确认的接龙。请先把接龙私聊发给我，我对好了你再确认。')
    const refused = await actions.saveChain(kept.number, kept.people, kept.at)
    await records.chains.update(key, () => undefined)
    const record = await actions.require(kept.number)
    const also = refused.length > 0 ? `\n没存上：${refused.join('；')}` : ''
    return `存好了。「${record.form.title}」${sayTotal(record)}。${also}`
  }

  const own = { takes: 'text', role: 'organizer', where: 'private' } as const
  const commands: Command[] = [
    {
      ...own,
      words: ['报名表', '發起報名', '发起报名'],
      where: 'anywhere',
      help: `${example} —— 开一张报名表（在群里发；还可写 场次 上午20人、下午20人，要填 设备）`,
      run: open,
    },
    { ...own, words: ['报名汇总'], help: '报名汇总 —— 谁报了名，发表格', run: list },
    { ...own, words: ['谁没报名', '没报名的'], help: '', run: (_, said) => unanswered(said) },
    {
      ...own,
      words: ['结束报名', '截止报名'],
      help: '结束报名 12月路演 —— 不再收',
      async run(_, said) {
        const { record } = await find(said)
        const closed = await actions.close(record.form.number)
        return `「${closed.form.title}」报名结束，${sayTotal(closed)}。要表格发「报名汇总」。`
      },
    },
    {
      ...own,
      words: ['对接龙'],
      help: '对接龙 —— 后面贴接龙，和已报名的比一比',
      async run(message, said) {
        const [head = '', ...lines] = said.split('\n')
        const { record } = await find(head)
        return compare(message, record, lines.length > 0 ? said : '')
      },
    },
    { ...own, words: ['确认接龙'], takes: 'nothing', help: '', run: saveChain },
  ]
  return {
    commands,
    /** A 接龙 pasted by an organizer in private whose head names a form. */
    async chain(message: Message): Promise<string | undefined> {
      if (message.groupId || !(await directory.rolesOf(message.senderId)).includes('organizer'))
        return undefined
      const named = namedIn(message.text.split('\n').slice(0, 6).join(' '), await actions.open())
      return named && compare(message, named.record, message.text)
    },
  }
}
