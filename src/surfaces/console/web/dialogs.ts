// The page's own dialogs: a button opens one, which is closed by its button, by Esc, or when its work is done.

for (const opener of document.querySelectorAll<HTMLButtonElement>('button[data-opens]')) {
  opener.disabled = false
  opener.addEventListener('click', () => {
    const dialog = document.getElementById(
      opener.dataset['opens'] ?? '',
    ) as HTMLDialogElement | null
    for (const box of dialog?.querySelectorAll('[data-problem], [data-status]') ?? []) {
      box.replaceChildren()
    }
    dialog?.showModal()
  })
}

for (const closer of document.querySelectorAll<HTMLElement>('[data-close]')) {
  closer.addEventListener('click', () => closer.closest('dialog')?.close())
}
