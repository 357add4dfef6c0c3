import type { Change } from '../changes/records.ts'

/** 「改了一条」, after the name of the editor. */
export function sayKind({ kind, steps }: Pick<Change, 'kind' | 'steps'>): string {
  const entries = steps.filter(({ part }) => part === 'entries')
  switch (kind) {
    case 'edit':
      return entries[0]?.before ? '改了一条' : '新写了一条'
    case 'wording':
      return '加了问法'
    case 'import':
      return `导入表格，${entries.length} 条有改动`
    case 'withdraw':
      return '撤下了一条'
    case 'settle':
      return '在控制台和文件之间选了一份'
  }
}

export const changeStates: Record<Change['state'], [word: string, tone: 'good' | 'warn' | 'bad' | 'quiet']> =
  {
    waiting: ['待审核', 'warn'],
    live: ['已上线', 'good'],
    returned: ['退回', 'bad'],
    'taken-back': ['收回', 'quiet'],
  }

/** Behind the name of the person who decided. */
export const decidedWords: Record<Change['state'], string> = {
  waiting: '',
  live: '批准，上线了',
  returned: '退回',
  'taken-back': '收回',
}
