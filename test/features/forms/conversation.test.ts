import ExcelJS from 'exceljs'
import { beforeEach, describe, expect, test } from 'vitest'
import { group, openTown } from './town.ts'

let town: ReturnType<typeof openTown>
beforeEach(() => {
  town = openTown()
})
const receipts = () => town.outbox.toGroup(group)

describe('报名表', () => {
  test('is opened in one line, answered in a word, and a receipt tells of many', async () => {
    const { chen, lin, zhang, li, forward } = town
    const [opened] = await chen.says('报名表 12月路演 3人 截止12月10日18:00', '报名开始：12月路演')
    expect(opened?.text).toContain('什么都不用填')
    await lin.says('报名 2人')
    await zhang.says('报名')
    await li.says('报名')
    await forward({ seconds: 20 })
    expect(receipts()).toEqual(['「12月路演」共 3 / 3 人，候补 1\n报上了：林小美 2人、张三\n排候补：李四'])
    await zhang.says('不去了')
    await forward({ seconds: 20 })
    expect(receipts()[1]).toBe('「12月路演」共 3 / 3 人\n有空位了，请回「是」：李四\n不来了：张三')
    expect(town.outbox.toPerson('li')[0]).toContain('给你留到 今天 21:00')
    await town.person('li', '李四').says('是', '报上名了')
    await lin.says('改成 1人')
    await lin.says('改成1人')
    await forward({ seconds: 20 })
    expect(receipts()[2]).toContain('共 2 / 3 人')
  })

  test('one asks in private for what one signed up to: forms and lessons', async () => {
    const { chen, lin, person } = town
    await chen.says('报名表 沙龙 10人', '报名开始：沙龙')
    await chen.says('报名表 路演 10人', '报名开始：路演')
    await chen.says('开课 微党课 12月5日14:00 报名', '想来的请发「报名」')
    await lin.says('报名 沙龙 2人')
    const [own] = await person('lin', '林小美').says(
      '我的报名',
      '「微党课」12月5日 周六 14:00–15:30：你还没有报名',
    )
    expect(own?.text).toContain('「沙龙」报上名了（2 人）')
    expect(own?.text).toContain('「路演」（2 号）：你还没有报名')
  })

  test('takes sign-ups for another, who has to say yes', async () => {
    const { chen, lin, zhang, forward, person } = town
    await chen.says('报名表 沙龙 10人', '报名开始：沙龙')
    await lin.says('代张三报名')
    await lin.says('代赵六报名', '没找到「赵六」')
    await lin.says('代Kevin 刘报名', '没找到「Kevin 刘」')
    await lin.says('代优空间-赵六报名 2人', '没找到「优空间-赵六」')
    await lin.says('帮忙看一下这个怎么报名')
    await forward({ seconds: 20 })
    expect(receipts()[0]).toBe('「沙龙」共 1 / 10 人\n替人报的，等本人说「是」：张三')
    expect(town.outbox.toPerson('zhang')[0]).toContain('林小美替你报了「沙龙」')
    const toZhang = town.outbox.posted.filter(({ target }) => 'personId' in target)
    expect(toZhang.map(({ isNudge }) => isNudge)).toEqual([true])
    await zhang.says('是', '「沙龙」报上名了')
    await person('zhang', '张三').says('是')
  })

  test('hears the same wishes in the words of makers, in a group and in private', async () => {
    const { chen, lin, li, zhang, wang, person, forward, chenAlone } = town
    await chen.says('报名表 周末沙龙 10人 选项 上午5人、下午5人', '报名开始：周末沙龙')
    await town.inGroup('lin', '优空间-小美').says('我想报名周末沙龙上午两个人')
    await zhang.says('报名下午3个人')
    await li.says('我报下午')
    await forward({ seconds: 20 })
    expect(receipts()).toEqual([
      '「周末沙龙」共 6 / 10 人\n报上了：优空间-小美 上午 2人、张三 下午 3人、李四 下午',
    ])
    await zhang.says('改为2个人')
    await li.says('不好意思，我去不了了')
    await lin.asks('我报名了吗', '「周末沙龙」报上名了（上午，2 人）')
    await lin.asks('还有名额吗', '「周末沙龙」共 4 / 10 人')
    await forward({ seconds: 20 })
    expect(receipts()[1]).toBe('「周末沙龙」共 4 / 10 人\n改好了：张三 下午 2人\n不来了：李四 下午')
    await wang.says('报名 上午 带2人', '连你自己一共几位')
    await wang.asks('请帮李四报个名 下午', '替李四报了「周末沙龙」，等本人回「是」才算')
    await forward({ seconds: 20 })
    await li.says('周三来不了')
    await person('li', '李四').says('我来不了', '报名取消了')
    await person('wang', '王五').says('我要报名', '要选一项')
    await person('wang', '王五').says('取消报名', '你现在没有报名')
    await wang.says('报名需要什么材料')
    await wang.says('小王不去了')
    await chenAlone.says('结束报名 周末沙龙', '报名结束，共 4')
    await lin.asks('我不去了', '来不了请直接告诉组织者陈静')
    await zhang.says('我不去了')
    const page = await town.consoleOf({ id: 'chen', name: '陈静' }).read('/forms/1')
    expect(page).toContain('林小美')
    expect(page).not.toContain('优空间-小美')
  })

  test('with options and a field of its own asks for what is missing, and only that', async () => {
    const { chen, person, chenAlone } = town
    const [opened] = await chen.says(
      '报名表 路演 场次 上午1人、下午20人 要填 设备 截止12月10日',
      '报名开始：路演',
    )
    expect(opened?.text).toContain('一共 4 项，姓名、众创空间、支部名单上已有（75%），只要补：设备')
    const lin = person('lin', '林小美')
    await lin.says('报名', '要选一项')
    await lin.says('报名 上午', '还差：设备')
    await lin.says('报名 设备：投影', '报上名了（上午）')
    await person('li', '李四').says('报名 上午 设备：无', '候补第 1 位')
    await person('li', '李四').says('报名 下午', '报上名了（下午）')
    const found = (word: string) => town.feature.search?.((...texts) => texts.includes(word))
    expect(await found('设备')).toEqual([{ kind: '报名表', title: '路演', path: '/forms/1' }])
    expect(await found('林小美')).toHaveLength(1)
    expect(await found('王五')).toEqual([])
    const [list] = await chenAlone.says('报名汇总', '共 2 人')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((list?.file?.bytes ?? new Uint8Array()).buffer as ArrayBuffer)
    const rows = book.getWorksheet('报名表')?.getRow(4).values
    expect(rows).toEqual([
      undefined,
      '林小美',
      '优空间',
      '一支部',
      '',
      1,
      '上午',
      '投影',
      '已报名',
      '2026年12月1日 09:00',
    ])
    expect(town.taken).toEqual([{ byName: '陈静', what: '「路演」报名表', road: 'chat', people: 2 }])
    await chenAlone.says('谁没报名', '还有 2 人没回复')
  })

  test('does not ask for sensitive data, and closes', async () => {
    const { chen, lin, chenAlone } = town
    await chen.says('报名表 体检 要填 身份证号', '敏感个人信息')
    await chen.says('报名表 体检', '报名开始')
    await chenAlone.says('结束报名 体检', '报名结束')
    await lin.says('报名')
    await town.person('lin', '林小美').says('报名', '现在没有要报名的活动')
  })

  test('compares a pasted 接龙, saves it with one word and removes no one', async () => {
    const { chen, lin, wang, chenAlone } = town
    await chen.says('报名表 12月路演 10人', '报名开始')
    await lin.says('报名')
    await wang.says('报名')
    const [compared] = await chenAlone.says(
      '#接龙\n12月路演\n1. 林小美 2人\n2. 张三\n3. 李四\n4. 钱多多',
      '「12月路演」的接龙对好了',
    )
    expect(compared?.text?.split('\n').slice(1)).toEqual([
      '新增 2 人：张三、李四',
      '人数改了 1 人：林小美 1→2人',
      '接龙里没有、我这里有（不会删） 1 人：王五',
      '名单上没有 1 人：钱多多',
      '没有问题就发「确认接龙」，存下新增和人数改了的 3 人；不发就不存。',
    ])
    await chenAlone.says('确认接龙', '共 5 / 10 人')
  })

  test('a 接龙 keeps and moves each choice, and saves no one without one', async () => {
    const { chen, lin, wang, chenAlone, records } = town
    await chen.says('报名表 12月路演 场次 上午5人、下午5人', '报名开始')
    await lin.says('报名 下午')
    await wang.says('报名 下午')
    const [compared] = await chenAlone.says(
      '#接龙\n12月路演\n1. 林小美 2人\n2. 王五 上午\n3. 李四（上午 3人）\n4. 张三',
      '「12月路演」的接龙对好了，一样的 0 人',
    )
    expect(compared?.text?.split('\n').slice(1)).toEqual([
      '新增 1 人：李四 上午 3人',
      '人数改了 1 人：林小美 1→2人',
      '换了一项 1 人：王五 下午→上午',
      '没写选哪一项，存不了，请补上再贴一次 1 人：张三',
      '没有问题就发「确认接龙」，存下新增和改了的 3 人；不发就不存。',
    ])
    await chenAlone.says('确认接龙', '存好了。「12月路演」共 6 人')
    expect(
      (await records.get(1))?.answers.map(({ name, option, people }) => `${name} ${option} ${people}`).sort(),
    ).toEqual(['李四 上午 3', '林小美 下午 2', '王五 上午 1'].sort())
  })

  test('leaves lessons their own sign-up', async () => {
    const { chen, lin } = town
    await chen.says('开课 创业讲座 明天14:00 名额 2', '想来的请发「报名」')
    await chen.says('报名表 沙龙', '报名开始')
    await lin.says('报名', '报活动发「报名 1」，报「沙龙」发「报名 沙龙」')
    await lin.asks('报名 沙龙', '「沙龙」报上名了')
    await lin.asks('报名 1', '创业讲座')
    await lin.asks('取消报名', '创业讲座')
    await lin.asks('不去了', '「沙龙」的报名取消了')
  })

  test('tells 500 sign-ups within a minute in at most 5 messages, and loses none', async () => {
    const { chen, inGroup, forward, clock, chenAlone } = town
    await chen.says('报名表 大会 480人', '报名开始')
    for (let n = 0; n < 500; n += 1) {
      await inGroup(`p${n}`, `创客${n}`).says('报名')
      if (n % 25 === 24) {
        clock.forward({ seconds: 3 })
        await forward({ seconds: 0 })
      }
    }
    await forward({ seconds: 20 })
    expect(receipts().length).toBeLessThanOrEqual(5)
    await chenAlone.says('报名汇总', '共 480 / 480 人，候补 20')
  })

  test('shows and erases what it keeps of a member', async () => {
    const { chen, lin, feature } = town
    await chen.says('报名表 沙龙 要填 设备', '报名开始')
    await lin.says('报名 设备：投影')
    const somebody = { memberId: 'm-lin', chatIds: ['lin'], names: ['林小美'] }
    expect(await feature.personal?.kept(somebody)).toEqual([
      '报名：1 张报名表',
      '· 沙龙：已报名，设备 投影，留到2027年3月1日',
    ])
    await feature.personal?.forget(somebody, 'alias')
    expect(await feature.personal?.kept(somebody)).toEqual([])
  })
})
