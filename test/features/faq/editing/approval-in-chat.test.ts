import { expect, test } from 'vitest'
import { knowledgeCommands } from '../../../../src/features/faq/editing/chat.ts'
import { createFixedDirectory, play } from '../../../conversation.ts'
import { openSmallEditor } from '../small-editor.ts'

async function open() {
  const opened = await openSmallEditor({ isGateOn: false })
  const directory = createFixedDirectory([], { lin: ['reviewer'], chen: ['organizer', 'reviewer'] })
  const feature = { name: 'knowledge', commands: knowledgeCommands({ editor: opened.editor, directory }) }
  const { person } = play(opened.world, directory, [feature])
  return { ...opened, lin: person('lin', '林敏'), chen: person('chen', '陈静') }
}

test('a reviewer is shown a change in chat before an approval counts', async () => {
  const { lin, edit, editor } = await open()
  await edit({ short: '最高50万元。' })
  await lin.says('知识改动', '1 处知识改动等着审')
  await lin.says('批准知识 1', '还没有给你看过现在的内容，先不算批准')
  await lin.says('批准知识 1', '批准了，已经上线')
  expect(editor.changes.find(1)?.state).toBe('live')
})

test('the author does not approve in chat either', async () => {
  const { chen, edit, editor } = await open()
  await edit({ short: '最高50万元。' })
  await chen.says('知识改动 1', '改成：最高50万元。')
  await chen.says('批准知识 1', '要由另一位')
  expect(editor.changes.find(1)?.state).toBe('waiting')
})

test('a change goes back with a reason', async () => {
  const { lin, edit, editor } = await open()
  await edit({ short: '最高50万元。' })
  await lin.says('退回知识 1', '请说明原因')
  await lin.says('退回知识 1 金额和原文不一样', '退回了')
  expect(editor.changes.find(1)?.state).toBe('returned')
})

test('a change that is too long for one message is neither shown nor approved in chat', async () => {
  const { lin, edit, editor } = await open()
  const otherQuestions = Array.from(
    { length: 80 },
    (_, at) => `${'高新技术企业认定的补助'.repeat(4)}怎么拿${at}`,
  )
  await edit({ otherQuestions })
  for (const text of ['知识改动 1', '批准知识 1', '批准知识 1']) await lin.says(text, '聊天里看不全')
  expect(editor.changes.find(1)?.state).toBe('waiting')
})

test('a change that meets other knowledge than was shown is shown again before an approval counts', async () => {
  const { lin, chen, edit } = await open()
  await edit({ short: '最高50万元。' })
  await lin.says('知识改动 1', '改成：最高50万元。')
  await edit({ question: '高企能补多少钱？' }, { id: 'wu', name: '吴楠' })
  await chen.says('知识改动 2', '吴楠 写的')
  await chen.says('批准知识 2', '批准了')
  await lin.says('批准知识 1', '先不算批准')
  await lin.says('批准知识 1', '批准了')
})
