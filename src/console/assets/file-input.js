// Shows the name of a chosen file: the browser's own button and words, in its own language, are not to be seen.

document.addEventListener('change', ({ target }) => {
  const label = target.closest('label.file')
  if (label) label.querySelector('.chosen').textContent = [...target.files].map(({ name }) => name).join('、')
})
