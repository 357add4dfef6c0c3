import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { programmesIn } from '../../../src/app/files/knowledge-words.ts'
import { readKnowledge } from '../../../src/features/faq/knowledge/knowledge.ts'
import { createLineFinder, manualAnswers } from '../../../src/features/manual/answers.ts'
import { readChapters } from '../../../src/features/manual/chapters.ts'
import { fold } from '../../../src/text/fold.ts'
import { createFixedDirectory, createWorld, play } from '../../conversation.ts'

const knowledge = readKnowledge('data')
const group = '优空间创客群'
function open() {
  const directory = createFixedDirectory([group], { org: ['organizer'], lin: ['reviewer'] })
  const listen = manualAnswers({ directory, programmesIn: programmesIn(knowledge) })
  return play(createWorld(), directory, [{ name: 'manual', listen }])
}

test.each([
  ['怎么导入名单', '在「成员」页导入名单'],
  ['怎么撤回发错的推送', '撤回推送 12'],
  ['机器人不说话怎么办', '看控制台右上角'],
  ['怎么请一位审核人', '申请审核人'],
  ['答错了怎么改', '「问答记录」找到那一句'],
  ['隐私说明里的负责人怎么改', '「设置」页可以改'],
  ['怎么给没签到的人补签', '补签 张三'],
  ['怎么关掉欢迎新人', '本群设置 欢迎 关'],
  ['怎么加一个群', '绑定本群'],
])('%s is answered from the manual, without marks, and with the chapter', async (asked, words) => {
  const { person } = open()
  for (const id of ['org', 'lin']) {
    const [reply] = await person(id, '陈姐').says(asked, words)
    expect(reply?.text).toMatch(/\n—— 手册「[^」]+」，全文在控制台「帮助」里。$/u)
    expect(reply?.text).not.toMatch(/\*\*|^[-|]|\]\(/mu)
  }
})

test('makers and groups get no answer of the manual', async () => {
  const { person } = open()
  await person('mei', '小美').says('怎么导入名单')
  await person('org', '陈姐', group).asks('怎么导入名单')
})

test('no question of the knowledge base is taken for one about the console', () => {
  const find = createLineFinder(readChapters())
  const named = programmesIn(knowledge)
  const questions = globSync('data/faq/*.yaml').flatMap(file =>
    (
      parse(readFileSync(file, 'utf8')) as { entries: { question: string; otherQuestions: string[] }[] }
    ).entries.flatMap(({ question, otherQuestions }) => [question, ...otherQuestions]),
  )
  expect(questions.length).toBeGreaterThan(1500)
  const taken = questions.filter(one => one.length <= 30 && named(fold(one)).length === 0 && find(one))
  expect(taken).toEqual([])
})
