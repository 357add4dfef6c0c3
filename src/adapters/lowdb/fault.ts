/** A system error in Chinese with its remedy, a half sentence. */
export function whyNot(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return '磁盘满了，请腾出空间'
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return '数据文件夹不许写入，请检查权限'
  return `数据写不进磁盘（${code ?? '原因见日志'}），请检查磁盘`
}
