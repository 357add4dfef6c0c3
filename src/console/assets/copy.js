// A button that copies the text beside it. Where the browser's clipboard is closed to us, the text is marked to be copied.

document.addEventListener('click', async event => {
  const button = event.target.closest('button[data-copies]')
  const text = button && document.getElementById(button.dataset.copies)
  if (!text) return
  text.select()
  const isCopied = await navigator.clipboard?.writeText(text.value).then(
    () => true,
    () => false,
  )
  button.textContent = isCopied || document.execCommand('copy') ? '已复制' : '已选中，请按复制'
})
